package dev.lakebed.app;

import dev.lakebed.app.Composition.KnownPrincipals;
import dev.lakebed.app.Composition.Stores;
import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.FrontAssembly;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.api.IamProtocol;
import dev.lakebed.iam.api.IamProtocol.Services;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.kit.MemoryStores;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.Settings;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.tables.TableRights;
import dev.lakebed.tables.table.TablePurge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The composition for the test kit, without what a process needs: sockets, threads, a lock. */
public final class Wiring {
  private final MemoryStores memory;
  private Stores stores;
  private Optional<MetadataStore> identities = Optional.empty();

  /**
   * What tests use.
   *
   * @param opened ends the threads that wait for other nodes
   */
  public record Wired(
      FrontAssembly front,
      CredentialLookup credentials,
      TablePurge purge,
      TableRights rights,
      List<AutoCloseable> opened) {}

  /** Everything in memory. */
  public Wiring(MemoryStores memory) {
    this.memory = memory;
    this.stores =
        new Stores(
            memory.metadata,
            memory.metadata,
            memory.metadata,
            memory.metadata.uploads(),
            memory.blobs,
            memory.catalog.namespaces(),
            memory.catalog,
            memory.policies,
            memory.catalog);
  }

  /** Keeps buckets, objects and tables there. */
  public Wiring stores(MetadataStore metadata, BlobStore blobs) {
    stores = Storage.stores(metadata, blobs);
    return this;
  }

  /** Keeps objects there. */
  public Wiring objects(Objects objects) {
    stores =
        new Stores(
            stores.buckets(),
            stores.rules(),
            objects,
            stores.uploads(),
            stores.blobs(),
            stores.namespaces(),
            stores.tables(),
            stores.policies(),
            stores.drops());
    return this;
  }

  /** Keeps identities there. */
  public Wiring identities(MetadataStore metadata) {
    identities = Optional.of(metadata);
    return this;
  }

  /** Puts it all together. */
  public Wired wire(Settings settings, IamDirectory directory, Path keys, Clock clock)
      throws IOException {
    List<AutoCloseable> opened = new ArrayList<>();
    RevocationWatch revocations =
        new RevocationWatch(
            identities.map(MetadataStore::revocations).orElse(memory.revocations), clock);
    KnownPrincipals known = new Remembered(memory.principals);
    if (identities.isPresent()) {
      StoredIdentities stored =
          StoredIdentities.open(
              directory, keys, identities.get(), settings.iamReadOnly()::orElseThrow, clock);
      known = stored;
      opened.addAll(List.of(stored, revocations.start()));
    }
    SessionServices temporary =
        SessionServices.of(
            directory,
            keys,
            revocations,
            identities.map(MetadataStore::usedAssertions).orElse(memory.assertions),
            TrustedProxies.of(settings.network().trustedProxies()),
            clock);
    TableService tables = TableService.of(settings.region(), stores, known.principals(), clock);
    FrontAssembly front =
        new Composition(
                settings,
                directory,
                stores,
                known,
                temporary,
                tables,
                TrustedProxies.of(settings.network().trustedProxies()),
                clock)
            .front(
                new Health(Map.of()),
                new PrometheusRegistry(),
                Optional.empty(),
                new Tarpit(System::nanoTime));
    return new Wired(front, temporary.credentials(), tables.purge(), tables.rights(), opened);
  }

  /** Principals without the API that changes them, which needs a database. */
  private record Remembered(PrincipalBinding principals) implements KnownPrincipals {
    @Override
    public Protocol iam() {
      return new IamProtocol(() -> false, new Services(null, null, null, null));
    }

    @Override
    public void note(Authenticated authenticated) {
      // Nobody asks when a key was used.
    }
  }
}
