package dev.lakebed.app;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.KeyUse;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.api.IamProtocol.Services;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.store.BindingUpgrade;
import dev.lakebed.iam.store.BoundPrincipals.StoredPrincipals;
import dev.lakebed.iam.store.ChangeWatch;
import dev.lakebed.iam.store.LayeredView;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.iam.store.SecretSeal.SealRenewal;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.time.Clock;

/** Identities of the database, put behind those of the configuration. */
final class StoredIdentities implements AutoCloseable {
  private final Services services;
  private final ChangeWatch watch;
  private final SealRenewal seals;
  private final StoreKeys keys;

  private StoredIdentities(
      Services services, ChangeWatch watch, SealRenewal seals, StoreKeys keys) {
    this.services = services;
    this.watch = watch;
    this.seals = seals;
    this.keys = keys;
  }

  static StoredIdentities open(
      IamDirectory directory, DataDirectory data, MetadataStore metadata, Clock clock)
      throws IOException {
    StoreKeys keys = new StoreKeys(data.resolve("keys"));
    IamStore store =
        new IamStore(metadata.database(), metadata.changes(), new SecretSeal(keys::all));
    BindingUpgrade.run(directory.snapshot(), store);
    directory.extend(configured -> new LayeredView(configured, store));
    ChangeWatch watch = new ChangeWatch(store, directory::refresh);
    return new StoredIdentities(
        new Services(directory, store, new UseLog(store), clock),
        watch,
        new SealRenewal(store, keys::all),
        keys);
  }

  Services services() {
    return services;
  }

  /** Reads the keys of the database again if they changed. */
  void lookAtKeys() {
    keys.all();
  }

  SealRenewal seals() {
    return seals;
  }

  /** Binds whom the policies of buckets and tables name. */
  PrincipalBinding principals() {
    return new StoredPrincipals(services.directory()::snapshot, services.store());
  }

  /** Whether an account has a root user who can sign in. */
  boolean hasRootUser(String account) {
    return services.directory().view().root(account).filter(RootUser::enabled).isPresent();
  }

  /** Notes that the key and the principal of a verified request were used. */
  void note(Authenticated authenticated) {
    KeyUse.of(authenticated).forEach(services.uses()::note);
  }

  @Override
  public void close() {
    watch.close();
    services.uses().close();
  }
}
