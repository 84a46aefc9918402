-- distinct on: the first sale of a customer in each store
SELECT DISTINCT ON (ss_customer_sk, ss_store_sk) ss_customer_sk, ss_store_sk, ss_ticket, ss_item_sk, ss_price FROM store_sales WHERE ss_customer_sk IS NOT NULL ORDER BY ss_customer_sk, ss_store_sk, ss_ticket, ss_item_sk
