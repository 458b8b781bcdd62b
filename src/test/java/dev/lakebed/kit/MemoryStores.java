package dev.lakebed.kit;

/** Everything that is kept, in memory: what a database and a volume are to a server. */
public final class MemoryStores {
  public final MemoryBlobs blobs = new MemoryBlobs();
  public final MemoryCatalog catalog = new MemoryCatalog();
  public final MemoryMetadata metadata = new MemoryMetadata(blobs, catalog::holdsNamespace);
  public final MemoryTablePolicies policies = new MemoryTablePolicies(catalog);
  public final MemoryPrincipals principals = new MemoryPrincipals();
  public final MemoryRevocations revocations = new MemoryRevocations();
  public final MemoryAssertions assertions = new MemoryAssertions();
}
