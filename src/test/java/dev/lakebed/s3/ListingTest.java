package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of objects, versions and uploads. */
@Evidence({"contract-4.11", "catalog-F1"})
class ListingTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  private void keys(String... keys) {
    for (String key : keys) {
      s3.put("/bkt/" + PercentEncoding.encode(key), "x");
    }
  }

  private List<String> pages(String query) {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      Answer page = s3.send("GET", "/bkt?list-type=2&" + query + token);
      assertThat(page.status()).isEqualTo(200);
      names.addAll(page.elements("Key"));
      names.addAll(prefixes(page));
      token =
          page.element("IsTruncated").equals("true")
              ? "&continuation-token=" + page.element("NextContinuationToken")
              : "";
    } while (!token.isEmpty());
    return names;
  }

  private static List<String> prefixes(Answer page) {
    List<String> all = page.elements("Prefix");
    return all.subList(1, all.size());
  }

  @Test
  @Evidence("rule-65")
  void keys_sort_by_utf8_bytes() {
    keys("\uFFFD", "\uD800\uDC00", "a", "B", "\u00e9");
    Answer list = s3.send("GET", "/bkt?list-type=2");
    assertThat(list.elements("Key")).containsExactly("B", "a", "\u00e9", "\uFFFD", "\uD800\uDC00");
    assertThat(list.element("KeyCount")).isEqualTo("5");
    assertThat(list.element("MaxKeys")).isEqualTo("1000");
  }

  @Test
  void an_entry_describes_the_object() {
    keys("k");
    Answer list = s3.send("GET", "/bkt?list-type=2&fetch-owner=true");
    assertThat(list.element("ETag")).isEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
    assertThat(list.element("Size")).isEqualTo("1");
    assertThat(list.element("StorageClass")).isEqualTo("STANDARD");
    assertThat(list.element("LastModified")).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
    assertThat(list.element("ID")).isEqualTo("000000000000");
    assertThat(list.element("ChecksumAlgorithm")).isEqualTo("CRC64NVME");
    assertThat(s3.send("GET", "/bkt?list-type=2").element("ID")).isEmpty();
    assertThat(s3.send("GET", "/bkt").element("ID")).isEqualTo("000000000000");
  }

  @Test
  @Evidence("catalog-F4")
  void inner_elements_have_neither_prefix_nor_attribute() {
    keys("k", "d/x");
    String text = s3.send("GET", "/bkt?list-type=2&delimiter=/").text();
    String inner = text.substring(text.indexOf('>', text.indexOf("<ListBucketResult")) + 1);
    assertThat(inner).doesNotContain("xmlns").doesNotContain("=").contains("<Key>k</Key>");
  }

  @Test
  @Evidence("rule-68")
  void keys_and_common_prefixes_count_together() {
    keys("a/1", "a/2", "b", "c/1", "d");
    Answer page = s3.send("GET", "/bkt?list-type=2&delimiter=/&max-keys=2");
    assertThat(page.elements("Key")).containsExactly("b");
    assertThat(prefixes(page)).containsExactly("a/");
    assertThat(page.element("KeyCount")).isEqualTo("2");
    assertThat(page.element("IsTruncated")).isEqualTo("true");
    Answer none = s3.send("GET", "/bkt?list-type=2&max-keys=0");
    assertThat(none.element("IsTruncated")).isEqualTo("false");
    assertThat(none.element("KeyCount")).isEqualTo("0");
    assertThat(s3.send("GET", "/bkt?list-type=2&max-keys=1001").element("MaxKeys"))
        .isEqualTo("1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "9223372036854775808", "1.5"})
  @Evidence("attack-72")
  void a_page_size_that_is_no_number_is_refused(String value) {
    for (String list : List.of("list-type=2&", "", "versions&")) {
      Answer answer = s3.send("GET", "/bkt?" + list + "max-keys=" + value);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("InvalidArgument");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  @Evidence("rule-69")
  void pages_of_any_size_give_every_name_once(int size) {
    keys("a/1", "a/2", "a0", "b", "c/1", "c/2/3", "d");
    assertThat(pages("max-keys=" + size + "&delimiter=/"))
        .containsExactlyInAnyOrder("a/", "a0", "b", "c/", "d");
    assertThat(pages("max-keys=" + size + "&prefix=c/&delimiter=/"))
        .containsExactlyInAnyOrder("c/1", "c/2/");
    assertThat(pages("max-keys=" + size)).hasSize(7);
  }

  @Test
  void a_page_that_holds_everything_is_not_truncated() {
    keys("a", "b");
    assertThat(s3.send("GET", "/bkt?list-type=2&max-keys=2").element("IsTruncated"))
        .isEqualTo("false");
  }

  @Test
  @Evidence("rule-69")
  void a_start_inside_a_common_prefix_skips_it() {
    keys("a/1", "a/2", "b");
    assertThat(pages("delimiter=/&start-after=a/1")).containsExactly("b");
    assertThat(pages("start-after=a/1")).containsExactly("a/2", "b");
    assertThat(pages("start-after=a/15")).containsExactly("a/2", "b");
    Answer v1 = s3.send("GET", "/bkt?delimiter=/&marker=a/");
    assertThat(v1.elements("Key")).containsExactly("b");
    assertThat(prefixes(v1)).isEmpty();
  }

  @Test
  @Evidence("rule-67")
  void a_token_goes_before_start_after_and_survives_deletes() {
    keys("a", "b", "c");
    Answer first = s3.send("GET", "/bkt?list-type=2&max-keys=1");
    String token = first.element("NextContinuationToken");
    assertThat(token).matches("[A-Za-z0-9_-]+");
    s3.send("DELETE", "/bkt/a");
    Answer second = s3.send("GET", "/bkt?list-type=2&start-after=b&continuation-token=" + token);
    assertThat(second.elements("Key")).containsExactly("b", "c");
    assertThat(second.element("ContinuationToken")).isEqualTo(token);
    assertThat(second.element("StartAfter")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "..%2F..", "AAAAAAAAAAAAAAAAAAAA", "%00"})
  @Evidence("attack-58")
  void a_token_that_was_not_given_out_is_refused(String token) {
    Answer answer = s3.send("GET", "/bkt?list-type=2&continuation-token=" + token);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
  }

  @Test
  @Evidence("attack-58")
  void an_altered_token_is_refused() {
    keys("a", "b");
    String token = s3.send("GET", "/bkt?list-type=2&max-keys=1").element("NextContinuationToken");
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      Answer answer = s3.send("GET", "/bkt?list-type=2&continuation-token=" + altered);
      assertThat(answer.code()).as(altered).isEqualTo("InvalidArgument");
    }
  }

  @Test
  @Evidence("rule-66")
  void names_are_encoded_on_demand() {
    keys("a+b c", "d&e/\u00e9");
    Answer encoded =
        s3.send("GET", "/bkt?list-type=2&encoding-type=url&delimiter=%2F&start-after=a");
    assertThat(encoded.elements("Key")).containsExactly("a%2Bb%20c");
    assertThat(prefixes(encoded)).containsExactly("d%26e/");
    assertThat(encoded.element("EncodingType")).isEqualTo("url");
    assertThat(encoded.element("Delimiter")).isEqualTo("/");
    Answer raw = s3.send("GET", "/bkt?list-type=2");
    assertThat(raw.elements("Key")).containsExactly("a+b c", "d&e/\u00e9");
    assertThat(s3.send("GET", "/bkt?encoding-type=html").code()).isEqualTo("InvalidArgument");
  }

  @Test
  @Evidence("attack-59")
  void a_character_that_xml_cannot_hold_becomes_a_reference() {
    keys("a\u0001\uFFFF\r");
    assertThat(s3.send("GET", "/bkt").text()).contains("<Key>a&#x1;&#xffff;&#xd;</Key>");
    assertThat(s3.send("GET", "/bkt?encoding-type=url").element("Key"))
        .isEqualTo("a%01%EF%BF%BF%0D");
  }

  @Test
  void the_first_version_has_markers() {
    keys("a/1", "b", "c");
    Answer plain = s3.send("GET", "/bkt?max-keys=1");
    assertThat(plain.element("NextMarker")).isEmpty();
    assertThat(plain.element("Marker")).isEmpty();
    assertThat(plain.text()).contains("<Marker></Marker>").contains("<Prefix></Prefix>");
    Answer rolled = s3.send("GET", "/bkt?max-keys=1&delimiter=/");
    assertThat(rolled.element("NextMarker")).isEqualTo("a/");
    Answer next = s3.send("GET", "/bkt?max-keys=1&delimiter=/&marker=a/");
    assertThat(next.elements("Key")).containsExactly("b");
    assertThat(next.element("NextMarker")).isEqualTo("b");
  }

  @Test
  void every_object_is_its_null_version() {
    keys("a", "b/1", "c");
    Answer first = s3.send("GET", "/bkt?versions&max-keys=1");
    assertThat(first.elements("Key")).containsExactly("a");
    assertThat(first.element("VersionId")).isEqualTo("null");
    assertThat(first.element("IsLatest")).isEqualTo("true");
    assertThat(first.element("NextKeyMarker")).isEqualTo("a");
    assertThat(first.element("NextVersionIdMarker")).isEqualTo("null");
    Answer next = s3.send("GET", "/bkt?versions&key-marker=a&version-id-marker=null&delimiter=/");
    assertThat(next.elements("Key")).containsExactly("c");
    assertThat(prefixes(next)).containsExactly("b/");
    assertThat(s3.send("GET", "/bkt?versions&version-id-marker=null").code())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void uploads_are_listed_in_pages() {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("a", "a", "d/1", "d/2", "z")) {
      ids.add(s3.send("POST", "/bkt/" + key + "?uploads").element("UploadId"));
    }
    Answer all = s3.send("GET", "/bkt?uploads");
    assertThat(all.elements("Key")).containsExactly("a", "a", "d/1", "d/2", "z");
    assertThat(all.elements("UploadId")).containsExactlyInAnyOrderElementsOf(ids);
    List<String> names = new ArrayList<>();
    String marker = "";
    do {
      Answer page = s3.send("GET", "/bkt?uploads&delimiter=/&max-uploads=1" + marker);
      names.addAll(page.elements("UploadId"));
      names.addAll(prefixes(page));
      marker =
          page.element("IsTruncated").equals("true")
              ? "&key-marker="
                  + page.element("NextKeyMarker")
                  + "&upload-id-marker="
                  + page.element("NextUploadIdMarker")
              : "";
    } while (!marker.isEmpty());
    assertThat(names).containsExactlyInAnyOrder(ids.get(0), ids.get(1), "d/", ids.get(4));
  }

  @ParameterizedTest
  @CsvSource({
    "prefix=K/, true",
    "prefix=K/x, true",
    "prefix=K, false",
    "prefix=, false",
    "'', false"
  })
  @Evidence("catalog-B6")
  void the_prefix_is_a_condition_key_of_every_listing(String query, boolean allowed) {
    s3.as(
        TestCaller.may(
            p -> p.keys().values("s3:prefix").stream().anyMatch(v -> v.startsWith("K/"))));
    for (String list : List.of("list-type=2&", "", "versions&", "uploads&")) {
      assertThat(s3.send("GET", "/bkt?" + list + query).status())
          .as(list)
          .isEqualTo(allowed ? 200 : 403);
    }
  }

  @Test
  void delimiter_and_page_size_are_condition_keys_when_sent() {
    s3.as(
        TestCaller.may(
            p ->
                p.keys().values("s3:delimiter").equals(List.of("/"))
                    && p.keys().values("s3:max-keys").equals(List.of("7"))));
    assertThat(s3.send("GET", "/bkt?delimiter=/&max-keys=7").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt?delimiter=/").status()).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt?max-keys=7").status()).isEqualTo(403);
  }
}
