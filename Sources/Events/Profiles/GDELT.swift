extension Profile {
    /// The GDELT Project's events, version 2.0: tab-separated, without a header, nothing quoted.
    ///
    /// The type is the CAMEO code as text, its leading zeros kept. The days and the time of adding are in UTC. GDELT counts
    /// no dead.
    public static let gdelt: Profile = {
        var profile = Profile(
            name: "gdelt",
            fields: [
                "id": "GLOBALEVENTID", "time": "SQLDATE", "reported": "DATEADDED", "type": "EventCode",
                "subtype": "EventBaseCode", "initiator": "Actor1Name", "target": "Actor2Name",
                "place": "ActionGeo_FullName", "country": "ActionGeo_CountryCode", "admin1": "ActionGeo_ADM1Code",
                "latitude": "ActionGeo_Lat", "longitude": "ActionGeo_Long", "url": "SOURCEURL",
            ],
            timeZone: "UTC")
        profile.signatures = [["GLOBALEVENTID", "SQLDATE"]]
        profile.headerlessColumns = gdeltColumns
        return profile
    }()

    private static let gdeltColumns: [String] = {
        let ofActor = [
            "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
            "Type1Code",
            "Type2Code", "Type3Code",
        ]
        let ofPlace = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
        var columns = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
        for actor in ["Actor1", "Actor2"] { columns += ofActor.map { actor + $0 } }
        columns += ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"]
        columns += ["NumMentions", "NumSources", "NumArticles", "AvgTone"]
        for place in ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"] { columns += ofPlace.map { place + $0 } }
        return columns + ["DATEADDED", "SOURCEURL"]
    }()
}
