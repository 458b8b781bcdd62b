package dev.lakebed.edge.payara;

import java.lang.reflect.Field;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * Keeps from the server what it would look at before the application gets the request: the Host,
 * and cookies. The server answers {@code 200} to some that it cannot read, as if it had done what
 * the request asks for; and without a Host it asks a name service for its own address. As a probe
 * of the codec it also sees requests on connections that came before the hook.
 */
final class HiddenFields extends HttpProbe.Adapter {
  private static final String COOKIE = "cookie";
  private static final String HOST = "lakebed";

  private final Field host;
  private final String cookies;

  /** Moves cookies to the field {@code cookies}; what a client sent there is dropped. */
  HiddenFields(String cookies) throws ReflectiveOperationException {
    this.cookies = cookies;
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
    fields.removeHeader(cookies);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.getName(i).equalsIgnoreCase(COOKIE)) {
        fields.getName(i).setString(cookies);
      }
    }
  }
}
