extension Profile {
    /// The Georeferenced Event Dataset of the Uppsala Conflict Data Program, all layouts.
    ///
    /// `type_of_violence` is 1 state-based, 2 non-state, 3 one-sided. In the first two both sides fight, so that `side_a` is
    /// not known to have begun; in the third it attacks civilians. `date_prec` 1 and 2 are days, 3 a week, 4 a month, 5 a
    /// year; where `date_end` is a later day than `date_start` these two say more. Dates are days, also where they are
    /// written with a time of 00:00.
    public static let ucdpGED: Profile = {
        var profile = Profile(
            name: "ucdp-ged",
            fields: [
                "id": "id", "time": "date_start", "time_end": "date_end", "time_precision": "date_prec",
                "type": "type_of_violence", "mutual": "type_of_violence", "civilian_targeting": "type_of_violence",
                "initiator": "side_a", "target": "side_b", "fatalities": "best", "fatalities_low": "low",
                "fatalities_high": "high", "civilian_fatalities": "deaths_civilians", "admin1": "adm_1",
                "admin2": "adm_2", "place": "where_coordinates", "source": "source_article",
            ],
            values: [
                "time_precision": ["1": "day", "2": "day", "3": "week", "4": "month", "5": "year"],
                "type": ["1": "state-based", "2": "non-state", "3": "one-sided"],
                "mutual": ["1": "true", "2": "true"],
                "civilian_targeting": ["3": "true"],
            ])
        profile.closedFields = ["mutual", "civilian_targeting"]
        profile.midnightIsDate = true
        profile.spanOverridesPrecision = true
        profile.signatures = [["type_of_violence", "date_start"]]
        profile.otherColumns = ucdpColumns
        return profile
    }()

    private static let ucdpColumns: Set<String> = [
        "relid", "year", "active_year", "code_status", "conflict_name", "dyad_name", "number_of_sources",
        "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_description",
        "geom_wkt", "priogrid_gid", "country_id", "region", "event_clarity", "deaths_a", "deaths_b", "deaths_unknown",
        "gwnoa", "gwnob", "conflict_dset_id", "conflict_new_id", "dyad_dset_id", "dyad_new_id", "side_a_dset_id",
        "side_a_new_id", "side_b_dset_id", "side_b_new_id",
    ]
}
