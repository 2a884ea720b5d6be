using NUnit.Framework;

// Most fixtures wait for sockets, and some for a browser or a build, so that more of them run at once than there are processors. What changes the whole process is [NonParallelizable].
// No folder has a [SetUpFixture]: NUnit would run it, and all tests of its folder, alone after all others.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
