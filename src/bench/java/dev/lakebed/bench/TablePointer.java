package dev.lakebed.bench;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metadata pointer of one table, moved by one worker. */
final class TablePointer {
  private static final Pattern TOKEN = Pattern.compile("\"versionToken\"\\s*:\\s*\"([^\"\\\\]+)\"");

  private final String path;
  private final String metadata;
  private String token;
  private int commits;

  TablePointer(String path, String metadata, String token) {
    this.path = path;
    this.metadata = metadata;
    this.token = token;
  }

  static String location(String metadata, int version) {
    return metadata + version % 2 + "-bench.metadata.json";
  }

  void commit(Client client) throws IOException {
    commits++;
    String body =
        "{\"versionToken\":\""
            + token
            + "\",\"metadataLocation\":\""
            + location(metadata, commits)
            + "\"}";
    Matcher next = TOKEN.matcher(client.text(CommitWorkload.request("PUT", path, body)));
    if (!next.find()) {
      throw new IOException("no versionToken in the answer");
    }
    token = next.group(1);
  }
}
