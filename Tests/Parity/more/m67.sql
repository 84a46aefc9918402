-- json: documents as records
SELECT customer_id, x.plan, x.beta, x.score, x.addr, x.tags, x.missing FROM customers, jsonb_to_record(attrs) AS x(plan text, beta boolean, score numeric, addr jsonb, tags json, missing int)
