#!/usr/bin/env python3
"""Deterministic data for the analytics corpus: a small retail star schema (our own, no third-party data).
  retaildata.py OUTDIR [factor]     factor 1 = 3,000 sales
"""
import json, os, random, sys
from datetime import date, datetime, timedelta

from featdata import write

TYPES = {"item_size": ["small", "medium", "large", "extra large"]}
T = {
 "date_dim": [("d_date_sk","integer"),("d_date","date"),("d_year","integer"),("d_moy","integer"),("d_qoy","integer"),("d_dow","integer"),
   ("d_day_name","char(9)"),("d_week_seq","integer"),("d_holiday","boolean")],
 "store": [("s_store_sk","integer"),("s_store_id","char(16)"),("s_name","varchar(50)"),("s_state","char(2)"),("s_county","text"),
   ("s_floor_space","integer"),("s_opened","date"),("s_tax","numeric(5,2)")],
 "item": [("i_item_sk","integer"),("i_item_id","char(16)"),("i_desc","varchar(200)"),("i_brand","char(20)"),("i_class","text"),
   ("i_category","char(12)"),("i_price","numeric(7,2)"),("i_size","item_size"),("i_manager","integer"),("i_weight","double precision"),
   ("i_tags","text[]"),("i_grades","integer[]"),("i_attrs","jsonb")],
 "customer": [("c_customer_sk","integer"),("c_customer_id","char(16)"),("c_first","varchar(20)"),("c_last","varchar(30)"),("c_birth","date"),
   ("c_email","text"),("c_address_sk","integer"),("c_since","timestamptz"),("c_flags","integer"),("c_rating","real"),("c_sponsor_sk","integer")],
 "address": [("a_address_sk","integer"),("a_city","text"),("a_state","char(2)"),("a_zip","char(10)"),("a_gmt","numeric(5,2)")],
 "store_sales": [("ss_date_sk","integer"),("ss_time","time"),("ss_item_sk","integer"),("ss_customer_sk","integer"),("ss_store_sk","integer"),
   ("ss_ticket","bigint"),("ss_qty","integer"),("ss_price","numeric(7,2)"),("ss_cost","numeric(7,2)"),("ss_discount","numeric(7,2)"),
   ("ss_profit","numeric(7,2)"),("ss_sold_at","timestamp")],
 "store_returns": [("sr_date_sk","integer"),("sr_item_sk","integer"),("sr_customer_sk","integer"),("sr_ticket","bigint"),("sr_qty","integer"),
   ("sr_amount","numeric(7,2)"),("sr_reason","char(10)")],
 "web_sales": [("ws_date_sk","integer"),("ws_ship_date_sk","integer"),("ws_item_sk","integer"),("ws_customer_sk","integer"),
   ("ws_order","bigint"),("ws_qty","integer"),("ws_price","numeric(7,2)"),("ws_profit","numeric(7,2)")],
 "employee": [("e_id","integer"),("e_boss","integer"),("e_name","text"),("e_title","text"),("e_salary","numeric"),("e_hired","date"),
   ("e_leave","interval")],
}
KEYS = {"date_dim":["d_date_sk"],"store":["s_store_sk"],"item":["i_item_sk"],"customer":["c_customer_sk"],"address":["a_address_sk"],
 "store_sales":["ss_ticket","ss_item_sk"],"employee":["e_id"]}
IDX = {"store_sales":[["ss_item_sk"],["ss_customer_sk"],["ss_date_sk"]],"store_returns":[["sr_ticket","sr_item_sk"],["sr_customer_sk"]],
 "web_sales":[["ws_item_sk"],["ws_customer_sk"]],"customer":[["c_address_sk"]],"item":[["i_item_id"]]}
CATEGORY = {"Books":["fiction","history","science"],"Home":["lamps","rugs"],"Music":["rock","pop","classical"],"Shoes":["mens","womens"],
 "Electronics":["audio","portable","cameras"]}
STATE = ["TN","SD","AL","GA","OH",None]
CITY = ["Fairview","Midway","Oak Grove","Five Points","fairview","Örebro","Riverside"]
FIRST = ["Anna","Bertil","Carla","Dmitri","Éva","Åke","José",None]
LAST = ["Smith","Öberg","O'Hara","van Dyk","Lee","García",None]
DAYS = ["Monday","Tuesday","Wednesday","Thursday","Friday","Saturday","Sunday"]


def main(out, factor=1):
    R = random.Random(19991231); os.makedirs(out, exist_ok=True)
    pick = lambda l: l[int(R.random()*len(l))]; ri = lambda a,b: a+int(R.random()*(b-a+1)); money = lambda a,b: f"{ri(a,b)/100:.2f}"
    maybe = lambda v, p=.04: None if R.random() < p else v
    code = lambda n: "AAAAAAAA" + "".join("ABCDEFGHIJKLMNOP"[(n >> 4*k) & 15] for k in range(8))
    rows = {k: [] for k in T}; d0 = date(2000, 1, 1); first = 2451545; n = 3*366
    for i in range(n):
        d = d0 + timedelta(days=i)
        rows["date_dim"].append([first+i, d, d.year, d.month, (d.month+2)//3, (d.weekday()+1) % 7, DAYS[d.weekday()], 5000+(i+5)//7,
          (d.month, d.day) in ((1,1),(7,4),(12,25))])
    for i in range(1, 9):
        rows["store"].append([i, code((i+1)//2), pick(["able","ought","bar","Ese","anti"]), pick(STATE), pick(["Williamson County","Ziebach County",None]),
          ri(5000000,9999999), d0 + timedelta(days=ri(0,900)), maybe(money(0,11), .2)])
    for i in range(1, 121):
        cat = pick(list(CATEGORY)+[None]); cls = pick(CATEGORY[cat]) if cat else None
        attrs = {"color": pick(["red","blue","Red",None]), "dims": [ri(1,9) for _ in range(ri(0,3))], "stock": {"n": ri(0,50), "loc": pick(["A1","B2"])}}
        rows["item"].append([i, code((i+1)//2), maybe(pick(["Great  deal","Fine 50% cotton","New_item","Old, worn","as new"])+f" {ri(1,30)}"),
          maybe(pick(["amalg #1","brandbrand #2","corp #3","edu pack #10"])), cls, cat, maybe(money(9,9999)), maybe(pick(TYPES["item_size"])),
          ri(1,10), maybe(R.random()*50, .1), "{"+",".join(pick(["new","sale","eco","Gift"]) for _ in range(ri(0,3)))+"}",
          maybe("{"+",".join(str(ri(1,5)) for _ in range(ri(0,4)))+"}"), maybe(json.dumps(attrs), .1)])
    for i in range(1, 81):
        rows["address"].append([i, maybe(pick(CITY)), pick(STATE), f"{ri(0,99999):05d}", pick(["-5.00","-6.00","1.00",None])])
    for i in range(1, 161):
        at = datetime(1999,6,1) + timedelta(seconds=ri(0, 86400*900))
        rows["customer"].append([i, code(i), pick(FIRST), pick(LAST), maybe(date(1924,1,1)+timedelta(days=ri(0,25000)), .1),
          maybe(f"user{i}@{pick(['mail.org','Example.com','shop.se'])}"), maybe(ri(1,80)), f"{at}+00", ri(0,15), maybe(ri(0,50)/10, .1),
          ri(1,i-1) if i > 1 and R.random() < .6 else None])
    seen = set(); sales = rows["store_sales"]
    for i in range(int(3000*factor)):
        ticket, item = i//3+1, ri(1,120)
        if (ticket, item) in seen: continue
        seen.add((ticket, item)); day = ri(0,n-1); sec = ri(28800,75600); q = maybe(ri(1,100)); p = ri(0,20000); c = ri(100,10000)
        at = datetime(2000,1,1) + timedelta(days=day, seconds=sec)
        sales.append([maybe(first+day), maybe(str(at.time())), item, maybe(ri(1,150)), maybe(ri(1,8)), ticket, q, maybe(f"{p/100:.2f}"),
          maybe(f"{c/100:.2f}"), maybe(money(0,3000), .3), maybe(f"{(p-c)/100:.2f}"), maybe(at)])
        if R.random() < .15:
            rows["store_returns"].append([maybe(first+min(n-1, day+ri(1,60))), item, sales[-1][3], ticket, maybe(ri(1, q or 9)),
              maybe(money(100,9000)), maybe(pick(["broken","wrong size","late","no reason"]))])
    for i in range(int(1500*factor)):
        day = ri(0,n-1)
        rows["web_sales"].append([maybe(first+day), maybe(first+min(n-1, day+ri(0,130))), ri(1,120), maybe(ri(1,150)), i//4+1, maybe(ri(1,100)),
          maybe(money(0,20000)), maybe(money(-9000,9000))])
    titles = ["CEO","VP","lead","engineer"]
    for i in range(1, 41):
        level = 0 if i == 1 else 1 if i < 5 else 2 if i < 14 else 3
        boss = [None, 1, ri(2,4), ri(5,13)][level]
        rows["employee"].append([i, boss, f"{pick([f for f in FIRST if f])} {i}", titles[level], pick([ri(20,90)*1000, f"{ri(20,90)}500.50", None]),
          date(1995,1,1)+timedelta(days=ri(0,3000)), pick(["1 mon","3 days","1 year 2 mons 4 days","12:30:00",None])])
    tables = [{"name":t,"columns":[{"name":n,"type":y} for n,y in c],"indexes":IDX.get(t,[]),"key":KEYS.get(t,[])} for t,c in T.items()]
    write(out, {"name":"retail","scale":factor,"enums":[{"name":n,"labels":l} for n,l in TYPES.items()],"tables":tables}, rows)


if __name__ == "__main__":
    if len(sys.argv) < 2: sys.exit(__doc__)
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1)
