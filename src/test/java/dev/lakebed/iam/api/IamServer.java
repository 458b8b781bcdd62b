package dev.lakebed.iam.api;

import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.SharedDatabase;
import dev.lakebed.kit.TestServer;
import dev.lakebed.ops.Setting;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One node over the shared database. Each has an account of its own, whose root user has the key
 * ROOTKEYOFACCOUNT, whose administrator has the key ADMIN and whose reader has the key READER.
 */
final class IamServer implements AutoCloseable {
  static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"sts:AssumeRole\"}]}";

  final String account;
  private final TestServer server;
  private final StoreKeys keys;

  private IamServer(String account, Path folder, boolean readOnly, String reader) {
    this.account = account;
    this.server =
        TestServer.with()
            .configuration(config(account, reader))
            .in(folder)
            .setting(Setting.IAM_READ_ONLY, String.valueOf(readOnly))
            .identitiesIn(SharedDatabase.store())
            .start();
    this.keys = storeKeys(folder);
  }

  private static StoreKeys storeKeys(Path folder) {
    try {
      return new StoreKeys(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static IamServer start() {
    return start(false);
  }

  static IamServer start(boolean readOnly) {
    try {
      long number = ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L);
      return new IamServer(
          String.valueOf(number), Files.createTempDirectory("lakebed-iam"), readOnly, "reader");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Another node on the same database and configuration. */
  IamServer neighbour() {
    return neighbour("reader");
  }

  /** Another node on the same database, where the reader of the configuration has that name. */
  IamServer neighbour(String reader) {
    return new IamServer(account, server.folder, false, reader);
  }

  /** Takes the root user out of the configuration, or puts it back. */
  void rootUser(boolean present) {
    String config = config(account, "reader");
    server.reconfigure(
        present ? config : config.replaceFirst("(?s)\\{\"name\":\"account-root\".*?}]},", ""));
  }

  private static String config(String account, String reader) {
    return """
    {"sts":{"accountId":"%1$s"},
     "identities":[
      {"name":"account-root","root":true,"account":{"id":"%1$s"},
       "credentials":[{"accessKey":"ROOTKEYOFACCOUNT","secretKey":"0123456789abcdef"}]},
      {"name":"root-admin","account":{"id":"%1$s"},"actions":["Admin"],
       "credentials":[{"accessKey":"ADMIN","secretKey":"0123456789abcdef"}]},
      {"name":"%3$s","account":{"id":"%1$s"},"policyNames":["Reading"],
       "credentials":[{"accessKey":"READER","secretKey":"0123456789abcdef"}]}],
     "policies":[{"name":"Reading","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}}],
     "providers":[
      {"name":"idp","type":"oidc","config":{"issuer":"https://idp.example/lake","clientId":"a"}},
      {"name":"gone","type":"oidc","enabled":false,
       "config":{"issuer":"https://gone.example/lake","clientId":"a"}}],
     "roles":[{"roleName":"FileRole","trustPolicy":%2$s,"attachedPolicies":["Reading"]}]}
    """
        .formatted(account, TRUST, reader);
  }

  /** An IAM call of the administrator. */
  Answer call(String action, String... parameters) {
    return call(key("ADMIN"), action, parameters);
  }

  Answer call(Keys caller, String action, String... parameters) {
    return server.iam(caller, action, parameters);
  }

  Answer sts(Keys caller, String action, String... parameters) {
    return server.client(caller, "sts").call(action, parameters);
  }

  Keys key(String id) {
    return server.key(id);
  }

  /** Makes a user with a key and gives its credential. */
  Keys user(String name) {
    call("CreateUser", "UserName", name).requireOk();
    return Keys.in(call("CreateAccessKey", "UserName", name).requireOk());
  }

  Keys session(Answer issued) {
    return server.session(issued);
  }

  Principal principal(Keys keys) {
    return server.principal(keys);
  }

  /** What a credential is refused with, or {@code ok}. */
  String use(String keyId, Optional<String> token) {
    return server.use(new Keys(keyId, "", token));
  }

  String use(Answer issued) {
    return server.use(Keys.in(issued));
  }

  /** Notes a use as if a request had been made then. */
  void note(LastUse use) {
    SecretSeal seal = new SecretSeal(keys::all);
    IamStore store = new IamStore(SharedDatabase.get(), SharedDatabase.store().changes(), seal);
    try (UseLog log = new UseLog(store)) {
      log.note(use);
    }
  }

  boolean may(Keys who, String action, String arn) {
    return server.may(who, action, Resource.of(arn, account));
  }

  String arn(String resource) {
    return "arn:aws:iam::" + account + ":" + resource;
  }

  @Override
  public void close() {
    server.close();
  }
}
