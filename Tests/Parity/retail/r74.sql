-- limit: with ties
SELECT i_manager, i_class FROM item ORDER BY i_manager FETCH FIRST 10 ROWS WITH TIES
