package dev.lakebed.iam.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.session.SessionGrant.FederatedGrant;
import dev.lakebed.iam.session.SessionGrant.OwnerGrant;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plain text of tokens, as the version before sealed kinds of session wrote it. */
class GrantCodecTest {
  private static final String IAM = "arn:aws:iam::000000000000:";
  private static final Instant ISSUED = Instant.ofEpochSecond(1_800_000_000);
  private static final Instant EXPIRES = Instant.ofEpochSecond(1_800_003_600);
  private static final String ROLE_ID = "AROAAAAAAAAAAAAAAAAAA";
  private static final String USER_ID = "AIDAAAAAAAAAAAAAAAAAA";
  private static final List<String> KEY = List.of("AKIABASE");

  static Stream<Arguments> written() {
    return Stream.of(
        arguments(
            new RoleGrant(
                IAM + "role/R",
                ROLE_ID,
                SessionFacts.of("s", ISSUED, EXPIRES, KEY),
                Optional.empty()),
            "UgAgYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDpyb2xlL1IAFUFST0FBQUFBQUFBQUFBQU"
                + "FBQUFBQQAIQUtJQUJBU0UAAXMAAAAAa0nSAAAAAABrSeAQAAAAAABjgAIA"),
        arguments(
            new RoleGrant(
                IAM + "role/a/R",
                ROLE_ID,
                new SessionFacts(
                    "s",
                    ISSUED,
                    EXPIRES,
                    Map.of("Team", "red"),
                    Set.of("Team"),
                    Optional.of("alice"),
                    List.of(
                        "AKIABASE",
                        IAM + "role/Q ASIABBBBBBBBBBBBBBBB 1799999990 AROABBBBBBBBBBBBBBBBB",
                        "- ASIACCCCCCCCCCCCCCCC 1799999995 -"),
                    Map.of()),
                Optional.of(
                    new SessionPolicies(
                        List.of("{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
                        List.of(IAM + "policy/P")))),
            "UgAiYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDpyb2xlL2EvUgAVQVJPQUFBQUFBQUFBQU"
                + "FBQUFBQUFBAAhBS0lBQkFTRQABcwAAAABrSdIAAAAAAGtJ4BABAAVhbGljZQACAFZhcm46"
                + "YXdzOmlhbTo6MDAwMDAwMDAwMDAwOnJvbGUvUSBBU0lBQkJCQkJCQkJCQkJCQkJCQiAxNz"
                + "k5OTk5OTkwIEFST0FCQkJCQkJCQkJCQkJCQkJCQgAjLSBBU0lBQ0NDQ0NDQ0NDQ0NDQ0ND"
                + "QyAxNzk5OTk5OTk1IC1jYGRQJyrBxNYClcItxrQHmq0CgKpYQlITc-E0c1FqCgA"),
        arguments(
            new RoleGrant(
                IAM + "role/R",
                ROLE_ID,
                new SessionFacts(
                    "s",
                    ISSUED,
                    EXPIRES,
                    Map.of(),
                    Set.of(),
                    Optional.empty(),
                    List.of(IAM + "oidc-provider/idp.example#alice"),
                    Map.of("idp.example:sub", "alice")),
                Optional.empty()),
            "UgAgYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDpyb2xlL1IAFUFST0FBQUFBQUFBQUFBQU"
                + "FBQUFBQQA5YXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDpvaWRjLXByb3ZpZGVyL2lkcC5l"
                + "eGFtcGxlI2FsaWNlAAFzAAAAAGtJ0gAAAAAAa0ngEAAAAAAAY4ABRgb-zJQCvdSKxNyCnF"
                + "Sr4tIkBtZEYE5JBQA"),
        arguments(
            new OwnerGrant(
                IAM + "user/bob",
                USER_ID,
                SessionFacts.of("bob", ISSUED, EXPIRES, KEY),
                Optional.empty()),
            "VQAiYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDp1c2VyL2JvYgAVQUlEQUFBQUFBQUFBQU"
                + "FBQUFBQUFBAAhBS0lBQkFTRQADYm9iAAAAAGtJ0gAAAAAAa0ngEAAAAAAAY4ACAA"),
        arguments(
            new OwnerGrant(
                IAM + "root",
                "000000000000",
                SessionFacts.of("root", ISSUED, EXPIRES, KEY),
                Optional.empty()),
            "VQAeYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDpyb290AAwwMDAwMDAwMDAwMDAACEFLSU"
                + "FCQVNFAARyb290AAAAAGtJ0gAAAAAAa0ngEAAAAAAAY4ACAA"),
        arguments(
            new FederatedGrant(
                IAM + "user/bob",
                USER_ID,
                SessionFacts.of("guest", ISSUED, EXPIRES, KEY).with(Map.of("team", "blue")),
                SessionPolicies.NONE),
            "RgAiYXJuOmF3czppYW06OjAwMDAwMDAwMDAwMDp1c2VyL2JvYgAVQUlEQUFBQUFBQUFBQU"
                + "FBQUFBQUFBAAhBS0lBQkFTRQAFZ3Vlc3QAAAAAa0nSAAAAAABrSeAQAQAAAABjgABGBpaS"
                + "1MRcBpaknNJUAA"));
  }

  @Test
  void what_was_packed_before_changes_nothing() {
    byte[] text = "a text that repeats itself, a text that repeats itself".getBytes(US_ASCII);
    byte[] first = Packing.SESSIONS.pack(text);
    Packing.SESSIONS.pack("another text that repeats itself".repeat(200).getBytes(US_ASCII));
    assertThat(Packing.SESSIONS.pack(text)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("written")
  void every_kind_is_read_and_written_as_before(SessionGrant grant, String before)
      throws IOException {
    byte[] plain = Base64.getUrlDecoder().decode(before);
    assertThat(GrantCodec.decode(plain)).isEqualTo(grant);
    byte[] head = GrantCodec.head(grant);
    assertThat(head).isEqualTo(Arrays.copyOf(plain, head.length));
    assertThat(GrantCodec.attachments(grant))
        .isEqualTo(Packing.SESSIONS.unpack(Arrays.copyOfRange(plain, head.length, plain.length)));
  }
}
