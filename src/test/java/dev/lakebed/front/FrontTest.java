package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.auth.sigv4.SignatureSettings;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.Response;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.kit.DeclaredProtocol;
import dev.lakebed.kit.TestBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Protocol.FormUploads;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import dev.lakebed.ops.RequestMetrics;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Question.Grants;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a request that is refused on its way: docs/operations.md, "Audit trail". */
class FrontTest {
  private static final CredentialLookup NO_KEYS =
      new CredentialLookup() {
        @Override
        public Credential find(String accessKeyId, Optional<String> sessionToken) {
          throw new AuthenticationException(
              AuthenticationException.Reason.UNKNOWN_ACCESS_KEY, "unknown");
        }

        @Override
        public Principal.Anonymous anonymous() {
          return new Principal.Anonymous(Grants.NONE);
        }
      };

  /** Takes forms for one bucket and names every request after its method. */
  private static final class Forms extends DeclaredProtocol implements FormUploads {
    Forms() {
      super(Kind.S3);
    }

    @Override
    public Optional<String> operation(Request request) {
      return Optional.of("Named" + request.method());
    }

    @Override
    public Optional<String> formBucket(Request request) {
      return Optional.of("b");
    }

    @Override
    public Call resolveForm(Request request, PostForm form) {
      throw new IllegalArgumentException("not reached");
    }

    @Override
    public Call resolve(Request request) {
      throw new IllegalArgumentException("no such operation");
    }

    @Override
    public Response error(Request request, Throwable failure) {
      return Response.of(failure instanceof AuthenticationException ? 403 : 501);
    }

    @Override
    public String errorCode(Request request, Throwable failure) {
      return "Refused";
    }
  }

  private static EndedRequest admit(String method, String contentType, String body) {
    Request request =
        new Request(
            "0123456789ABCDEF",
            method,
            new RawTarget("/b", ""),
            QueryParameters.NONE,
            Headers.builder().add("content-type", contentType).build(),
            new Connection("192.0.2.1", false, 8333),
            Instant.EPOCH,
            TestBody.of(body.getBytes(StandardCharsets.UTF_8)));
    RequestLimits limits =
        new RequestLimits(
            new RequestLimits.Settings(8, 1 << 20, 50),
            TrustedProxies.NONE,
            new Tarpit(System::nanoTime));
    Forms forms = new Forms();
    Front front =
        new FrontAssembly(
                new FrontAssembly.Settings(
                    1, false, VirtualHosts.NONE, new RequestLimits.Settings(8, 1 << 20, 50)),
                List.of(forms),
                new Authenticator(NO_KEYS, Clock.systemUTC(), SignatureSettings.DEFAULT),
                sender -> new KeyedCaller(sender.principal(), Keys.NONE),
                path -> Optional.empty(),
                new Health(Map.of()),
                new MetricsPage(new PrometheusRegistry()),
                new RequestMetrics(new PrometheusRegistry()),
                Optional.empty(),
                TrustedProxies.NONE,
                new Tarpit(System::nanoTime),
                Clock.systemUTC())
            .build();
    return ((Front.Decided.Refused)
            front.decide(new Front.Received(forms, request), limits.enter(request)))
        .ended();
  }

  @Test
  void a_form_whose_key_is_unknown_shows_the_key_it_claims() {
    String body =
        field("key", "k")
            + field("policy", "e30=")
            + field("x-amz-algorithm", "AWS4-HMAC-SHA256")
            + field("x-amz-credential", "AKFORM/20260101/us-east-1/s3/aws4_request")
            + field("x-amz-date", "20260101T000000Z")
            + field("x-amz-signature", "0".repeat(64))
            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nhello"
            + "\r\n--x--\r\n";
    EndedRequest answered = admit("POST", "multipart/form-data; boundary=x", body);
    assertThat(answered.outcome().response().status()).isEqualTo(403);
    assertThat(answered.outcome().claimedKey()).contains("AKFORM");
    assertThat(answered.caller()).isEmpty();
    assertThat(answered.operation()).isEqualTo("NamedPOST");
  }

  private static String field(String name, String value) {
    return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  @Test
  void a_request_that_cannot_be_resolved_keeps_the_name_of_its_operation() {
    EndedRequest answered = admit("PUT", "text/plain", "");
    assertThat(answered.operation()).isEqualTo("NamedPUT");
    assertThat(answered.caller()).isPresent();
    assertThat(answered.outcome().claimedKey()).isEmpty();
  }
}
