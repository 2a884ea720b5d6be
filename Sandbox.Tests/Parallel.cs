using NUnit.Framework;

// Most fixtures wait for sockets, so that more of them run at once than there are processors. What changes the whole process is [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
