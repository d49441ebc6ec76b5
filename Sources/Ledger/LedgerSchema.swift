/// The tables of a ledger, as SQLite keeps them: `sqlite3 FILE .schema` shows this text with its comments.
enum LedgerSchema {
    /// What marks a file as a ledger: `Truc` in ASCII.
    static let application: Int64 = 0x5472_7563
    /// The version of the tables.
    static let version: Int64 = 1

    static let text = """
        CREATE TABLE sources (       -- how far each source was read
          number INTEGER PRIMARY KEY,
          path TEXT UNIQUE NOT NULL, -- as it is followed; '-' is standard input
          device INTEGER,            -- which file it was, whatever its name
          node INTEGER,
          position INTEGER NOT NULL, -- the bytes before it are read
          line INTEGER NOT NULL,     -- the line that begins there
          head_length INTEGER NOT NULL, -- so many first bytes have the digest head
          head TEXT NOT NULL,
          tail_length INTEGER NOT NULL, -- so many bytes before position have the digest tail
          tail TEXT NOT NULL,
          layout INTEGER,            -- how its records are written
          is_rereading INTEGER NOT NULL, -- 1 while a new edition of it is not read to its end
          unended BLOB,              -- a last line that was read before its line end had come
          unended_event TEXT,        -- and the event it was read as
          latest INTEGER             -- the largest event time in it, ms since 1970
        );
        CREATE TABLE layouts (       -- how records are written
          number INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,        -- lines, items or rows
          profile TEXT NOT NULL,
          header TEXT NOT NULL,      -- rows: the header, with its separator
          UNIQUE (kind, profile, header)
        );
        CREATE TABLE events (        -- the events within the horizon, in their latest revision
          id TEXT PRIMARY KEY,
          arrival INTEGER NOT NULL,  -- which record of all, counted from 1
          time INTEGER NOT NULL,     -- the start of the event's time, ms since 1970
          is_withdrawn INTEGER NOT NULL, -- 1 where the record takes the event back, 2 where its source no longer has it
          is_kept INTEGER NOT NULL,  -- 1 for acts about a ceasefire, which are kept beyond the horizon
          source INTEGER NOT NULL REFERENCES sources,
          line INTEGER NOT NULL,
          layout INTEGER NOT NULL REFERENCES layouts,
          record BLOB NOT NULL,      -- the record as it came
          ceasefire TEXT,            -- the ceasefire it bears on
          breach TEXT,               -- what breach it is, if it is one
          side TEXT,                 -- and whose
          fatalities REAL
        ) WITHOUT ROWID;
        CREATE INDEX events_by_time ON events (time, arrival);
        CREATE TABLE alerts (        -- each alert as it was last emitted
          id TEXT PRIMARY KEY,
          status TEXT NOT NULL,      -- firing, resolved, retracted, or replaced by another id
          level TEXT NOT NULL,
          rule TEXT NOT NULL,
          title TEXT NOT NULL,
          "group" TEXT NOT NULL,     -- as JSON
          onset INTEGER NOT NULL,    -- ms since 1970
          end INTEGER,               -- null while it holds
          content INTEGER NOT NULL,  -- a fingerprint of what it says but for its status
          replaced_by TEXT,          -- the alert that took its place
          emission INTEGER NOT NULL  -- when it was last emitted
        ) WITHOUT ROWID;
        CREATE INDEX alerts_by_onset ON alerts (onset);
        CREATE TABLE emissions (     -- every line of the output
          number INTEGER PRIMARY KEY,
          alert TEXT NOT NULL,
          status TEXT NOT NULL,
          line TEXT NOT NULL,        -- as JSON
          written BLOB               -- the bytes of the output where they are not that line
        );
        CREATE INDEX emissions_by_alert ON emissions (alert);
        CREATE TABLE progress (      -- one row
          arrivals INTEGER NOT NULL, -- how many records were taken
          origin INTEGER,            -- the time of the stream's first event
          stream_time INTEGER,       -- how far stream time is
          forgotten INTEGER,         -- events before this have been let go of
          clock INTEGER,             -- up to when the wall clock took stream time on
          output TEXT NOT NULL,      -- the file of the output; '-' is standard output
          first_emission INTEGER NOT NULL, -- the first one that went to that output
          sent INTEGER NOT NULL,     -- the last one that was handed on, where the output is no file
          length INTEGER NOT NULL    -- how long the output is with all of them
        );
        INSERT INTO progress VALUES (0, NULL, NULL, NULL, NULL, '', 1, 0, 0);
        CREATE VIEW alerts_in_force AS
          SELECT strftime('%Y-%m-%dT%H:%M:%SZ', onset / 1000, 'unixepoch') AS onset,
            strftime('%Y-%m-%dT%H:%M:%SZ', end / 1000, 'unixepoch') AS "end", level, rule, "group",
            (SELECT json_extract(line, '$.explanation') FROM emissions WHERE number = emission) AS explanation, id
          FROM alerts WHERE status IN ('firing', 'resolved') ORDER BY alerts.onset, rule, "group", id;
        CREATE VIEW breaches_by_day AS
          SELECT date(time / 1000, 'unixepoch') AS day, ceasefire, breach, side, count(*) AS events,
            sum(fatalities) AS fatalities
          FROM events WHERE breach IS NOT NULL AND is_withdrawn = 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
        """
}
