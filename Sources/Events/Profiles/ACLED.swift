extension Profile {
    /// Armed Conflict Location & Event Data, both column layouts and the API's JSON.
    ///
    /// `timestamp` is when the row was last changed: the revision, and when it became known. ACLED's `time_precision` 1 is
    /// the day; 2 a week; 3 a month. In `Battles` both sides fight, so that nobody is the initiator. Whether civilians are
    /// the target is what `civilian_targeting` and `actor2` say.
    public static let acled: Profile = {
        var profile = Profile(
            name: "acled",
            fields: [
                "id": "event_id_cnty", "revision": "timestamp", "reported": "timestamp", "time": "event_date",
                "type": "event_type", "subtype": "sub_event_type", "initiator": "actor1", "target": "actor2",
                "place": "location", "mutual": "event_type",
            ],
            values: [
                "time_precision": ["1": "day", "2": "week", "3": "month"],
                "civilian_targeting": ["civilian targeting": "true", "civilians targeted": "true"],
                "mutual": ["battles": "true"],
            ])
        profile.closedFields = ["mutual", "civilian_targeting"]
        profile.signatures = [["event_id_cnty", "event_date"], ["data_id", "event_date"]]
        profile.otherColumns = acledColumns
        return profile
    }()

    private static let acledColumns: Set<String> = [
        "event_id_no_cnty", "iso", "iso3", "year", "disorder_type", "assoc_actor_1", "inter1", "assoc_actor_2",
        "inter2", "interaction", "region", "admin3", "geo_precision", "source_scale", "tags", "population_1km",
        "population_2km", "population_5km", "population_best",
    ]
}
