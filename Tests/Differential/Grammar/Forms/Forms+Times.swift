extension Forms {
    static let timeLines = #"""
        date 2: make_date({2020...2026}, {1...12}, {1...28})
        date: make_date(2024, abs({int4}) % 12 + 1, abs({=int4}) % 28 + 1)
        date: to_date({dayText}, 'YYYY-MM-DD')
        date: to_date(to_char({timestamp}, 'YYYYMMDD'), 'YYYYMMDD')
        date: to_date({'31/01/2024'|'1/12/2023'}, 'DD/MM/YYYY')
        date: to_date({'31 Jan 2024'|'1 feb 2023'|'09 MAR 2024'}, 'DD Mon YYYY')
        date: to_date({'2024-1-5'|'2023-12-31 trailing'|' 2024/02/03'}, {'YYYY-MM-DD'|'YYYY/MM/DD'})
        date: to_date(to_char({date}, 'FMMonth FMDD, YYYY'), 'Month DD, YYYY')
        timestamp: to_timestamp(to_char({timestamp}, 'DD.MM.YYYY HH12:MI:SS.US PM'), 'DD.MM.YYYY HH12:MI:SS.US PM')::timestamp
        date: ({dayText})::date
        date: ({int4} % 100 + {=date})
        date: ({timestamptz} AT TIME ZONE {zone})::date
        date: (SELECT max(d) FROM (VALUES ({date}), ({=date})) AS q(d))
        timestamp: make_timestamp({2019...2025}, {1...12}, {1...28}, {0...23}, {0...59}, {0...59}.5)
        timestamp: date_trunc('{unit}', {timestamp})
        timestamp: date_bin('{15 minutes|1 day|90 seconds}', {timestamp}, timestamp '2024-01-01')
        timestamp: ({date} + {=time})
        timestamp: ({=time} + {date})
        timestamp: ({=interval} + {date})
        timestamp: ({=interval} + {timestamp})
        timestamp: ({date} - {=interval})
        timestamp: (replace({dayText}, ' ', '') || ' 10:30')::timestamp
        timestamp: timezone({zone}, {timestamptz})
        timestamp: ({timestamp})::timestamp({0...3})
        timestamptz: timezone({zone}, {timestamp})
        timestamptz: date_trunc('{unit}', {timestamptz})
        timestamptz: date_trunc('{day|month|hour}', {timestamptz}, {zone})
        timestamptz: date_bin('{15 minutes|1 day}', {timestamptz}, timestamptz '2024-01-01 00:00+00')
        timestamptz: to_timestamp(abs({int4})::float8 * 1000)
        timestamptz: to_timestamp({'2024-03-31 02:30'|'2023-10-29 01:15'}, 'YYYY-MM-DD HH24:MI')
        timestamptz: to_timestamp(to_char({timestamp}, 'YYYY-MM-DD HH24:MI:SS'), 'YYYY-MM-DD HH24:MI:SS')
        timestamptz: ({=interval} + {timestamptz})
        timestamptz: ({dayText})::timestamptz
        time: ({timestamp})::time
        time: ({timestamptz})::time
        time: ({time} + {=interval})
        time: ({=interval} + {time})
        time: ({time} - {=interval})
        time: make_time({0...23}, {0...59}, {0...59})
        time: ({interval})::time
        time: ({'10:30'|'23:59:59.5'})::time
        interval: make_interval(days => {0...40})
        interval: make_interval(hours => abs({int4}) % 100, mins => {0...90})
        interval: make_interval({0...2}, {0...14}, 0, {0...40}, 1, 2, {0...59}.25)
        interval: age({timestamp})
        interval: (now() - {=timestamptz})
        date: (current_date - {=int4} % 100)
        timestamptz: date_trunc('day', now() - {=interval})
        interval: justify_days({interval})
        interval: justify_hours({interval})
        interval: justify_interval({interval})
        interval: date_trunc('{hour|day|minute}', {interval})
        interval: ({interval} * {=float8} / 1e20)
        interval: ({interval} * 0.5)
        interval: ({0...3} * {interval})
        interval: ({interval} / {2...5})
        interval: - {=interval}
        interval: ({time} - {=time})
        interval: ({time})::interval
        interval: age({timestamptz}, {=timestamptz})
        interval: age({date}, {=date})
        interval: ({'2 days'|'1 mon -3 days'|'04:05'})::interval
        interval: ((abs({int4}) % 50) || ' {days|hours}')::interval
        """#
}
