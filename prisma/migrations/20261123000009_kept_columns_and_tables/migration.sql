SET LOCAL lock_timeout = '5s';

-- Columns and tables that follow from others and are kept by triggers.

-- Categories: path and depth follow from parent and slug. Moves take turns, or two of them could close a circle together.
CREATE FUNCTION public.place_category() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  above event_categories%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('event_categories'));
  IF NEW.parent_id IS NULL THEN
    NEW.path := NEW.slug;
    NEW.depth := 0;
    RETURN NEW;
  END IF;
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT id, parent_id FROM event_categories WHERE id = NEW.parent_id
      UNION
      SELECT next.id, next.parent_id FROM event_categories AS next JOIN up ON next.id = up.parent_id
    )
    SELECT FROM up WHERE id = NEW.id
  ) OR NEW.parent_id = NEW.id THEN
    RAISE EXCEPTION 'category % would be below itself', NEW.slug
      USING ERRCODE = 'check_violation', CONSTRAINT = 'event_categories_no_cycle', TABLE = 'event_categories';
  END IF;
  SELECT * INTO above FROM event_categories WHERE id = NEW.parent_id;
  NEW.path := above.path || '/' || NEW.slug;
  NEW.depth := above.depth + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER "event_categories_place" BEFORE INSERT OR UPDATE OF parent_id, slug, path, depth ON "event_categories"
  FOR EACH ROW EXECUTE FUNCTION place_category();

-- A category that moved takes its children along; theirs follow by the same trigger.
CREATE FUNCTION public.place_children() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE event_categories SET path = '' WHERE parent_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "event_categories_place_children" AFTER UPDATE ON "event_categories"
  FOR EACH ROW WHEN (OLD.path <> NEW.path OR OLD.depth <> NEW.depth) EXECUTE FUNCTION place_children();

-- Every scan has an outcome row. Its key refuses a sequence number that a device used before, in whatever month.
CREATE FUNCTION public.open_check_in_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO check_in_outcomes (check_in_id, device_id, device_seq) VALUES (NEW.id, NEW.device_id, NEW.device_seq);
  RETURN NULL;
END $$;
CREATE TRIGGER "event_check_ins_outcome" AFTER INSERT ON "event_check_ins"
  FOR EACH ROW EXECUTE FUNCTION open_check_in_outcome();

-- Ratings of an event or host: published reviews that are not deleted.
CREATE FUNCTION public.add_rating(rated review_subject, rated_id uuid, rating integer, change integer) RETURNS void
  LANGUAGE sql
  AS $$
    INSERT INTO rating_summaries AS kept
      (subject, subject_id, review_count, rating_sum, one_count, two_count, three_count, four_count, five_count, average)
    VALUES (rated, rated_id, change, change * rating, change * (rating = 1)::int, change * (rating = 2)::int,
      change * (rating = 3)::int, change * (rating = 4)::int, change * (rating = 5)::int, rating)
    ON CONFLICT (subject, subject_id) DO UPDATE SET
      review_count = kept.review_count + excluded.review_count,
      rating_sum = kept.rating_sum + excluded.rating_sum,
      one_count = kept.one_count + excluded.one_count,
      two_count = kept.two_count + excluded.two_count,
      three_count = kept.three_count + excluded.three_count,
      four_count = kept.four_count + excluded.four_count,
      five_count = kept.five_count + excluded.five_count,
      average = coalesce(
        (kept.rating_sum + excluded.rating_sum)::float8 / nullif(kept.review_count + excluded.review_count, 0), 0),
      updated_at = now()
  $$;
CREATE FUNCTION public.keep_rating_summary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'PUBLISHED' AND OLD.deleted_at IS NULL THEN
    PERFORM add_rating(OLD.subject, CASE OLD.subject WHEN 'EVENT' THEN OLD.event_id ELSE OLD.host_id END, OLD.rating, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'PUBLISHED' AND NEW.deleted_at IS NULL THEN
    PERFORM add_rating(NEW.subject, CASE NEW.subject WHEN 'EVENT' THEN NEW.event_id ELSE NEW.host_id END, NEW.rating, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "reviews_summary" AFTER INSERT OR DELETE OR UPDATE OF status, deleted_at, rating, subject, event_id, host_id ON "reviews"
  FOR EACH ROW EXECUTE FUNCTION keep_rating_summary();

-- Points: the ledger is the truth, the balance its sum. What a clawback cannot take becomes debt.
CREATE FUNCTION public.keep_point_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO point_balances AS kept (user_id, earned, spent, balance, debt)
    VALUES (NEW.user_id, greatest(NEW.amount, 0), greatest(-NEW.amount, 0), greatest(NEW.amount, 0), greatest(-NEW.amount, 0))
    ON CONFLICT (user_id) DO UPDATE SET
      earned = kept.earned + excluded.earned,
      spent = kept.spent + excluded.spent,
      balance = greatest(kept.balance - kept.debt + NEW.amount, 0),
      debt = greatest(kept.debt - kept.balance - NEW.amount, 0),
      updated_at = now();
  RETURN NULL;
END $$;
CREATE TRIGGER "user_points_balance" AFTER INSERT ON "user_points"
  FOR EACH ROW EXECUTE FUNCTION keep_point_balance();

-- Counters beside posts and reviews: one update per post and statement, so that bulk inserts stay cheap.
CREATE FUNCTION public.count_post_likes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE posts SET like_count = like_count + changed.amount * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
    FROM (SELECT post_id, count(*) AS amount FROM rows GROUP BY post_id) AS changed
    WHERE posts.id = changed.post_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "post_likes_added" AFTER INSERT ON "post_likes"
  REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION count_post_likes();
CREATE TRIGGER "post_likes_removed" AFTER DELETE ON "post_likes"
  REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION count_post_likes();

CREATE FUNCTION public.count_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.deleted_at IS NULL THEN
    UPDATE posts SET comment_count = comment_count - 1 WHERE id = OLD.post_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.deleted_at IS NULL THEN
    UPDATE posts SET comment_count = comment_count + 1 WHERE id = NEW.post_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "comments_counted" AFTER INSERT OR DELETE OR UPDATE OF deleted_at, post_id ON "comments"
  FOR EACH ROW EXECUTE FUNCTION count_comments();

CREATE FUNCTION public.count_review_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE reviews SET helpful_count = helpful_count - (OLD.kind = 'HELPFUL')::int,
      unhelpful_count = unhelpful_count - (OLD.kind = 'UNHELPFUL')::int WHERE id = OLD.review_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE reviews SET helpful_count = helpful_count + (NEW.kind = 'HELPFUL')::int,
      unhelpful_count = unhelpful_count + (NEW.kind = 'UNHELPFUL')::int WHERE id = NEW.review_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "review_votes_counted" AFTER INSERT OR DELETE OR UPDATE OF kind ON "review_votes"
  FOR EACH ROW EXECUTE FUNCTION count_review_votes();
