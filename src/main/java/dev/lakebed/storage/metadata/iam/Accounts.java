package dev.lakebed.storage.metadata.iam;

import java.util.Optional;

/** Alias and password policy of accounts, within one transaction. */
public record Accounts(Sql sql) {
  public Optional<String> alias(String account) {
    return column("alias", account);
  }

  public boolean hasAlias(String account, String alias) {
    return alias(account).equals(Optional.of(alias));
  }

  public boolean aliasTaken(String alias) {
    return !sql.texts("select account from iam_account where alias = ?1", alias).isEmpty();
  }

  /** Sets the alias; empty removes it. */
  public void alias(String account, String alias) {
    sql.update(
        "insert into iam_account values (?1, ?2, '') on conflict (account) do update set"
            + " alias = excluded.alias",
        account,
        alias);
  }

  /** The password policy, JSON. */
  public Optional<String> passwordPolicy(String account) {
    return column("password_policy", account);
  }

  /** Sets the password policy, JSON; empty removes it. */
  public void passwordPolicy(String account, String json) {
    sql.update(
        "insert into iam_account values (?1, '', ?2) on conflict (account) do update set"
            + " password_policy = excluded.password_policy",
        account,
        json);
  }

  private Optional<String> column(String name, String account) {
    return sql.texts("select " + name + " from iam_account where account = ?1", account).stream()
        .findFirst()
        .filter(text -> !text.isEmpty());
  }
}
