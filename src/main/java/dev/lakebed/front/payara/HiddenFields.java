package dev.lakebed.front.payara;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * Keeps from the server what it would look at before the application gets the request: the Host,
 * cookies, and the id of a trace. The server answers {@code 200} to some cookies that it cannot
 * read, as if it had done what the request asks for; to an id that it cannot read it writes a stack
 * trace to the log, whoever sent it; and without a Host it asks a name service for its own address.
 * As a probe of the codec it also sees requests on connections that came before the hook.
 */
final class HiddenFields extends HttpProbe.Adapter {
  private static final List<String> NAMES = List.of("cookie", "payara-tracing-traceid");
  private static final String HOST = "lakebed";

  private final Field host;
  private final String prefix;

  /** Puts {@code prefix} before names that it hides; what a client sent under such is dropped. */
  HiddenFields(String prefix) throws ReflectiveOperationException {
    this.prefix = prefix;
    host = HttpRequestPacket.class.getDeclaredField("unparsedHostC");
    host.setAccessible(true);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
    if (!(header instanceof HttpRequestPacket request)) {
      return;
    }
    try {
      DataChunk harmless = DataChunk.newInstance();
      harmless.setString(HOST);
      host.set(request, harmless);
    } catch (IllegalAccessException changed) {
      throw new IllegalStateException(changed);
    }
    MimeHeaders fields = request.getHeaders();
    forged(fields).forEach(fields::removeHeader);
    for (int i = 0; i < fields.size(); i++) {
      hide(fields.getName(i));
    }
  }

  private List<String> forged(MimeHeaders fields) {
    List<String> forged = new ArrayList<>(0);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.getName(i).startsWithIgnoreCase(prefix, 0)) {
        forged.add(fields.getName(i).toString());
      }
    }
    return forged;
  }

  private void hide(DataChunk name) {
    for (String hidden : NAMES) {
      if (name.equalsIgnoreCase(hidden)) {
        name.setString(prefix + hidden);
        return;
      }
    }
  }
}
