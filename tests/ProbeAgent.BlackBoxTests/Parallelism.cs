// The tests mostly wait for sockets and clocks, so more of them run side by side than there are cores; not many more, since a
// starved agent is late with good reason.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
