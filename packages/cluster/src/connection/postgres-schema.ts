/** The schema of the cluster's own tables; BullMQ's are in `bullmq`. */
export const SCHEMA = 'appointed_cluster';

/**
 * Nothing here outlives the server's death, and need not: `started` is then empty as well, and those who are alive say
 * what they have before anything is shared out. Time is the server's.
 */
export const TABLES: string = `
CREATE SCHEMA IF NOT EXISTS ${SCHEMA};

CREATE UNLOGGED TABLE IF NOT EXISTS ${SCHEMA}.started (
  cluster text PRIMARY KEY,
  since timestamptz NOT NULL
);
CREATE UNLOGGED TABLE IF NOT EXISTS ${SCHEMA}.permits (
  cluster text NOT NULL,
  lane text NOT NULL,
  process text NOT NULL,
  has integer NOT NULL,
  wanted integer NOT NULL,
  lease_ends timestamptz NOT NULL,
  PRIMARY KEY (cluster, lane, process)
);
CREATE UNLOGGED TABLE IF NOT EXISTS ${SCHEMA}.quiet (
  cluster text NOT NULL,
  lane text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (cluster, lane)
);

CREATE OR REPLACE FUNCTION ${SCHEMA}.share(
  of_cluster text, by_process text, lease interval, uncertain interval,
  lanes text[], caps integer[], kept integer[], wants integer[]
) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
  right_now timestamptz;
  began timestamptz;
  others integer;
  sharing integer;
  scarce boolean;
  part integer;
  given integer[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('appointed permits ' || of_cluster, 0));
  right_now := clock_timestamp();
  INSERT INTO ${SCHEMA}.started VALUES (of_cluster, right_now) ON CONFLICT DO NOTHING;
  SELECT since INTO began FROM ${SCHEMA}.started WHERE cluster = of_cluster;
  DELETE FROM ${SCHEMA}.permits WHERE cluster = of_cluster AND lease_ends <= right_now;
  FOR i IN 1 .. cardinality(lanes) LOOP
    SELECT coalesce(sum(has), 0), 1 + count(*) FILTER (WHERE wanted > 0), coalesce(bool_or(wanted > has), false)
      INTO others, sharing, scarce
      FROM ${SCHEMA}.permits WHERE cluster = of_cluster AND lane = lanes[i] AND process <> by_process;
    part := CASE WHEN right_now - began < uncertain THEN 0 WHEN scarce THEN ceil(caps[i]::float / sharing) ELSE caps[i] END;
    given[i] := greatest(kept[i], least(wants[i], part, greatest(0, caps[i] - others)));
    IF given[i] = 0 AND wants[i] = 0 THEN
      DELETE FROM ${SCHEMA}.permits WHERE cluster = of_cluster AND lane = lanes[i] AND process = by_process;
    ELSE
      INSERT INTO ${SCHEMA}.permits VALUES (of_cluster, lanes[i], by_process, given[i], wants[i], right_now + lease)
        ON CONFLICT (cluster, lane, process)
        DO UPDATE SET has = excluded.has, wanted = excluded.wanted, lease_ends = excluded.lease_ends;
    END IF;
  END LOOP;
  RETURN given;
END $$;
`;
