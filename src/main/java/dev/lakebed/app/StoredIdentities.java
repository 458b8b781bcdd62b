package dev.lakebed.app;

import dev.lakebed.app.Composition.KnownPrincipals;
import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.api.IamProtocol;
import dev.lakebed.iam.api.IamProtocol.Services;
import dev.lakebed.iam.store.BindingUpgrade;
import dev.lakebed.iam.store.BoundPrincipals.StoredPrincipals;
import dev.lakebed.iam.store.ChangeWatch;
import dev.lakebed.iam.store.LayeredView;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.iam.store.SecretSeal.SealRenewal;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** Identities of the database, put behind those of the configuration. */
record StoredIdentities(
    Services services, Protocol iam, ChangeWatch watch, SealRenewal seals, StoreKeys keys)
    implements KnownPrincipals, AutoCloseable {
  static StoredIdentities open(
      IamDirectory directory,
      Path keyFolder,
      MetadataStore metadata,
      BooleanSupplier readOnly,
      Clock clock)
      throws IOException {
    StoreKeys keys = new StoreKeys(keyFolder);
    IamStore store =
        new IamStore(metadata.database(), metadata.changes(), new SecretSeal(keys::all));
    BindingUpgrade.run(directory.snapshot(), store);
    directory.extend(configured -> new LayeredView(configured, store));
    ChangeWatch watch = new ChangeWatch(store, directory::refresh);
    Services services = new Services(directory, store, new UseLog(store), clock);
    return new StoredIdentities(
        services,
        new IamProtocol(readOnly, services),
        watch,
        new SealRenewal(store, keys::all),
        keys);
  }

  /** Reads the keys of the database again if they changed. */
  void lookAtKeys() {
    keys.all();
  }

  @Override
  public PrincipalBinding principals() {
    return new StoredPrincipals(services.directory()::snapshot, services.store());
  }

  @Override
  public void note(Authenticated authenticated) {
    UseLog.of(authenticated).forEach(services.uses()::note);
  }

  @Override
  public void close() {
    watch.close();
    services.uses().close();
  }
}
