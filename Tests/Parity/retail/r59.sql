-- rows: compared as wholes
SELECT ss_ticket, ss_item_sk FROM store_sales WHERE (ss_item_sk, ss_store_sk) IN (SELECT sr_item_sk, ss_store_sk FROM store_returns WHERE sr_qty > 50) AND (ss_ticket, ss_item_sk) >= (500, 60) AND (ss_qty, ss_store_sk) IS DISTINCT FROM (50, 1) AND ROW(ss_customer_sk, ss_store_sk) IS NOT NULL
