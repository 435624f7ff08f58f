package dev.hologrid.gateway.archive;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.BadRequestException;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.exceptions.RequestEntityTooLargeException;
import com.influxdb.exceptions.UnprocessableEntityException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Writes lines over the InfluxDB 2 API, which all our databases speak. */
final class LineWriter implements AutoCloseable {
  private final InfluxDBClient client;
  private final ArchiveConfig config;
  private final AtomicBoolean connected = new AtomicBoolean();

  LineWriter(String url, ArchiveConfig config) {
    this.config = config;
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(30))
            .writeTimeout(Duration.ofSeconds(30))
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectEnd(
                      Call call, InetSocketAddress to, Proxy proxy, @Nullable Protocol protocol) {
                    connected.set(true);
                  }
                });
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder()
            .url(url)
            .okHttpClient(http)
            .org(config.organization())
            .bucket(config.bucket());
    if (!config.token().isEmpty()) {
      options.authenticateToken(config.token().reveal().toCharArray());
    }
    this.client = InfluxDBClientFactory.create(options.build());
  }

  void write(String lines) throws Refused, IOException {
    try {
      client
          .getWriteApiBlocking()
          .writeRecord(config.bucket(), config.organization(), WritePrecision.NS, lines);
    } catch (BadRequestException
        | UnprocessableEntityException
        | RequestEntityTooLargeException e) {
      throw new Refused(String.valueOf(e.getMessage()));
    } catch (InfluxException e) {
      throw new IOException("the archive does not take rows now: " + e.getMessage(), e);
    }
  }

  /** Whether a connection was made since this was last asked. */
  boolean reconnected() {
    return connected.getAndSet(false);
  }

  InfluxDBClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
