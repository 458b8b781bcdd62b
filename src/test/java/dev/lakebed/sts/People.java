package dev.lakebed.sts;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.util.List;

/** A directory on loopback with a few people, and the configuration that uses it. */
final class People {
  private static final String BASE = "dc=example,dc=com";

  private People() {}

  static InMemoryDirectoryServer directory() throws LDAPException {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
    config.addAdditionalBindCredentials("cn=lakebed,dc=example,dc=com", "service-password");
    config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "plain", InetAddress.getLoopbackAddress(), 0, null));
    InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
    add(directory, "dn: " + BASE, "objectClass: domain", "dc: example");
    for (String unit : List.of("people", "more", "groups")) {
      add(
          directory,
          "dn: ou=%s,%s".formatted(unit, BASE),
          "objectClass: organizationalUnit",
          "ou: " + unit);
    }
    person(directory, "alice", "people");
    person(directory, "bob", "people");
    person(directory, "twin", "people");
    person(directory, "twin", "more");
    add(
        directory,
        "dn: cn=writers,ou=groups," + BASE,
        "objectClass: groupOfNames",
        "cn: writers",
        "member: uid=alice,ou=people," + BASE);
    directory.startListening();
    return directory;
  }

  private static void add(InMemoryDirectoryServer directory, String... ldif) throws LDAPException {
    try {
      directory.add(ldif);
    } catch (LDIFException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static void person(InMemoryDirectoryServer directory, String name, String unit)
      throws LDAPException {
    add(
        directory,
        "dn: uid=%s,ou=%s,%s".formatted(name, unit, BASE),
        "objectClass: inetOrgPerson",
        "uid: " + name,
        "cn: " + name,
        "sn: " + name,
        "userPassword: " + name + "-password");
  }

  static String provider(int port) {
    return """
    {"name":"corp","type":"ldap","config":{
      "server":"ldap://127.0.0.1:%d","bindDN":"cn=lakebed,dc=example,dc=com",
      "bindPassword":"service-password","baseDN":"dc=example,dc=com",
      "userFilter":"(uid=%%s)","groupBaseDN":"ou=groups,dc=example,dc=com",
      "groupFilter":"(&(objectClass=groupOfNames)(member=%%s))",
      "attributes":{"email":"mail","displayName":"cn","groups":"memberOf","uid":"uid"},
      "connectionTimeout":"5s","poolSize":2,
      "roleMapping":{"rules":[{"claim":"groups","value":"writers","role":"Writer"}],
        "defaultRole":"arn:aws:iam::role/Reader"}}}\
    """
        .formatted(port);
  }
}
