-- hierarchy: WITH RECURSIVE up the sponsors of each customer, UNION
WITH RECURSIVE up(c_customer_sk, sponsor) AS (SELECT c_customer_sk, c_sponsor_sk FROM customer UNION SELECT up.c_customer_sk, c.c_sponsor_sk FROM up JOIN customer c ON c.c_customer_sk = up.sponsor)
SELECT c_customer_sk, count(sponsor) AS sponsors, min(sponsor) AS root FROM up GROUP BY c_customer_sk
