// Floods and starvation take both cores: side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
