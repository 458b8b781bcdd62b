package dev.lakebed.iam.store;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Principals of policies that are kept elsewhere: each document is bound by one look. */
public final class StoredPrincipals implements PrincipalBinding {
  private final Supplier<IamSnapshot> configured;
  private final IamStore store;

  /** Looks at what is configured at the moment, then at what is stored. */
  public StoredPrincipals(Supplier<IamSnapshot> configured, IamStore store) {
    this.configured = configured;
    this.store = store;
  }

  @Override
  public String bind(String document) {
    return with(principals -> principals.bind(document));
  }

  @Override
  public String show(String document) {
    return with(principals -> principals.show(document));
  }

  private String with(Function<BoundPrincipals, String> work) {
    return Answered.by(
        () -> store.read(stored -> work.apply(new BoundPrincipals(configured.get(), stored))));
  }
}
