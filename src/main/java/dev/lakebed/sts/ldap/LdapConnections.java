package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Security;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Server;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Opens connections to one LDAP server, bound as this server's account. */
final class LdapConnections {
  private LdapConnections() {}

  static LDAPConnectionPool open(Server server) throws LDAPException {
    try {
      LDAPConnectionPool pool =
          new LDAPConnectionPool(
              servers(server), bind(server), 0, server.connections(), startTls(server));
      pool.setCreateIfNecessary(true);
      pool.setMaxWaitTimeMillis(server.timeout().toMillis());
      pool.setRetryFailedOperationsDueToInvalidConnections(true);
      return pool;
    } catch (GeneralSecurityException noTls) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, "TLS cannot be set up", noTls);
    }
  }

  private static SimpleBindRequest bind(Server server) {
    return new SimpleBindRequest(server.bindDn(), server.bindPassword().reveal());
  }

  private static SingleServerSet servers(Server server) throws GeneralSecurityException {
    return server.security() == Security.TLS
        ? new SingleServerSet(
            server.host(), server.port(), tls(server).createSSLSocketFactory(), options(server))
        : new SingleServerSet(server.host(), server.port(), options(server));
  }

  private static @Nullable StartTLSPostConnectProcessor startTls(Server server)
      throws GeneralSecurityException {
    return server.security() == Security.START_TLS
        ? new StartTLSPostConnectProcessor(tls(server).createSSLContext())
        : null;
  }

  private static SSLUtil tls(Server server) {
    return server.anyCertificate() ? new SSLUtil(new TrustAllTrustManager()) : new SSLUtil();
  }

  private static LDAPConnectionOptions options(Server server) {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    int millis = (int) server.timeout().toMillis();
    options.setConnectTimeoutMillis(millis);
    options.setResponseTimeoutMillis(millis);
    options.setFollowReferrals(false);
    options.setMaxMessageSize(1 << 20);
    if (!server.anyCertificate()) {
      options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    }
    return options;
  }

  /** A connection of its own to prove a password on. */
  static LDAPConnection single(Server server) throws LDAPException {
    try {
      LDAPConnection connection = servers(server).getConnection();
      StartTLSPostConnectProcessor startTls = startTls(server);
      if (startTls != null) {
        startTls.processPreAuthenticatedConnection(connection);
      }
      return connection;
    } catch (GeneralSecurityException noTls) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, "TLS cannot be set up", noTls);
    }
  }
}
