extension Profile {
    /// TruceWatch's own names.
    public static let native: Profile = {
        var profile = Profile(name: "native")
        profile.signatures = [["time"], ["id", "withdrawn"]]
        return profile
    }()
}
