package dev.lakebed.storage.metadata.iam;

import jakarta.persistence.EntityManager;

/** What is stored, as one transaction sees it. */
public final class IamTransaction {
  private final EntityManager manager;
  private final Seal seal;

  IamTransaction(EntityManager manager, Seal seal) {
    this.manager = manager;
    this.seal = seal;
  }

  /** Everything with a name. */
  public Entities entities() {
    return new Entities(manager);
  }

  /** Attached managed policies. */
  public Attachments attachments() {
    return new Attachments(manager);
  }

  /** Inline policies. */
  public InlinePolicies inline() {
    return new InlinePolicies(manager);
  }

  /** Groups of users, profiles of roles. */
  public Members members() {
    return new Members(manager);
  }

  /** Versions of managed policies. */
  public PolicyVersions versions() {
    return new PolicyVersions(manager);
  }

  /** Access keys. */
  public AccessKeys keys() {
    return new AccessKeys(manager, seal);
  }

  /** Login profiles. */
  public Logins logins() {
    return new Logins(manager);
  }

  /** Settings of accounts. */
  public Accounts accounts() {
    return new Accounts(manager);
  }

  /** Policies that name principals. */
  public PolicyDocuments documents() {
    return new PolicyDocuments(manager);
  }

  /** Last uses. */
  public LastUses uses() {
    return new LastUses(manager);
  }
}
