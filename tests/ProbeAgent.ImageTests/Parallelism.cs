// One container at a time: they share a name, and side by side their figures would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
