package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.auth.payload.ChunkVerifier;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The chain of chunk signatures; it starts with the signature of the request.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">AWS</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">AWS</a>
 */
final class ChunkSignatures implements ChunkVerifier {
  private final SigningKey key;
  private final String time;
  private final String scope;
  private final MessageDigest digest = Sha256.start();
  private String previous;

  ChunkSignatures(SigningKey key, SignatureClaim claim) {
    this.key = key;
    this.time = claim.time().text();
    this.scope = claim.key().scope().text();
    this.previous = claim.signature();
  }

  @Override
  public void data(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  @Override
  public void endOfChunk(Optional<String> signature) throws PayloadException {
    String hash = HexFormat.of().formatHex(digest.digest());
    verify(
        String.join("\n", "AWS4-HMAC-SHA256-PAYLOAD", time, scope, previous, Sha256.EMPTY, hash),
        signature);
  }

  @Override
  public void endOfTrailer(String canonical, Optional<String> signature) throws PayloadException {
    String hash = Sha256.hexOf(canonical.getBytes(ISO_8859_1));
    verify(String.join("\n", "AWS4-HMAC-SHA256-TRAILER", time, scope, previous, hash), signature);
  }

  private void verify(String stringToSign, Optional<String> signature) throws PayloadException {
    String sent = signature.orElse("");
    if (!key.verify(stringToSign, sent)) {
      throw PayloadException.Reason.CHUNK_SIGNATURE_MISMATCH.because(
          "The chunk signature we calculated does not match the signature you provided.");
    }
    previous = sent;
  }
}
