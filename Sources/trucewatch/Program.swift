import ArgumentParser

@main
struct TruceWatch: ParsableCommand {}
