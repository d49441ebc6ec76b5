/// The statements that a run repeats.
struct LedgerStatements {
    let begin, commit: Statement
    let keepEvent, markWithdrawn, judgeEvent, forgetEvents: Statement
    let keepSource, keepLayout, layoutNumber: Statement
    let keepAlert, alert, keepEmission, keepProgress, keepSent: Statement

    init(_ database: Database) throws(LedgerFailure) {
        begin = try Statement("BEGIN IMMEDIATE", database)
        commit = try Statement("COMMIT", database)
        keepEvent = try Statement(
            "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", database)
        markWithdrawn = try Statement(
            "UPDATE events SET is_withdrawn = 2, time = ?2, ceasefire = NULL, breach = NULL, side = NULL WHERE id = ?1",
            database)
        judgeEvent = try Statement(
            "UPDATE events SET ceasefire = ?2, breach = ?3, side = ?4 WHERE id = ?1", database)
        forgetEvents = try Statement("DELETE FROM events WHERE time < ? AND is_kept = 0", database)
        keepSource = try Statement(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", database)
        keepLayout = try Statement(
            "INSERT OR IGNORE INTO layouts (kind, profile, header) VALUES (?, ?, ?)", database)
        layoutNumber = try Statement(
            "SELECT number FROM layouts WHERE kind = ? AND profile = ? AND header = ?", database)
        keepAlert = try Statement("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", database)
        alert = try Statement("SELECT * FROM alerts WHERE id = ?", database)
        keepEmission = try Statement("INSERT INTO emissions VALUES (?, ?, ?, ?, ?)", database)
        keepProgress = try Statement(
            """
            UPDATE progress SET arrivals = ?, origin = ?, stream_time = ?, forgotten = ?, clock = ?, output = ?, first_emission = ?, \
            sent = ?, length = ?
            """, database)
        keepSent = try Statement("UPDATE progress SET sent = ?", database)
    }
}
