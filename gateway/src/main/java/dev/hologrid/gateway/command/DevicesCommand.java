package dev.hologrid.gateway.command;

import dev.hologrid.gateway.identity.AccountRefused;
import dev.hologrid.gateway.identity.AccountRequest;
import dev.hologrid.gateway.identity.AccountsCsv;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.identity.DeviceAccounts.Existing;
import dev.hologrid.gateway.identity.DeviceAccounts.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Which devices may come in. Works on the data folder; a running server sees it at once. */
@Command(
    name = "devices",
    description =
        "Gives devices credentials and takes them away; a running server sees it at once.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DevicesCommand.Create.class,
      DevicesCommand.Import.class,
      DevicesCommand.Export.class,
      DevicesCommand.Renew.class,
      DevicesCommand.Revoke.class
    })
public final class DevicesCommand implements Callable<Integer> {
  private static final String BY = "command line";

  @Option(
      names = "--data",
      defaultValue = "data",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "The server's data folder (default: ./${DEFAULT-VALUE}).")
  Path data = Path.of("data");

  @Override
  public Integer call() {
    System.err.println("hologrid devices: say what to do: create, import, list, renew, revoke");
    return 64;
  }

  private DeviceAccounts accounts() throws IOException {
    return DeviceAccounts.open(
        Folders.working().resolve(data).resolve("secrets"), Clock.systemUTC()::millis);
  }

  private interface Work {
    int call(DeviceAccounts accounts) throws IOException;
  }

  private int with(Work work) throws IOException {
    try (DeviceAccounts accounts = accounts()) {
      return work.call(accounts);
    } catch (AccountRefused e) {
      System.err.println("hologrid devices: " + e.field() + ": " + e.getMessage());
      return e.conflict() ? 73 : 65;
    }
  }

  /** One device. */
  @Command(
      name = "create",
      description = "Gives one device credentials and prints its secret, this once.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @ParentCommand @Nullable DevicesCommand parent;

    @Parameters(paramLabel = "ID", description = "The device id, also its MQTT user name.")
    String id = "";

    @Option(names = "--kind", description = "The one kind it may publish as (default: any).")
    String kind = "";

    @Option(
        names = "--topic",
        description = "A further topic filter, for gateways: zigbee2mqtt/#; may be repeated.")
    List<String> topics = List.of();

    @Option(names = "--auth", description = "token, password or certificate (default: token).")
    String auth = "token";

    @Option(
        names = "--password-file",
        description = "For --auth password: read from here (default: standard input).")
    @Nullable Path passwordFile;

    @Override
    public Integer call() throws IOException {
      String password = auth.equals("password") ? password() : null;
      return parent(parent)
          .with(
              accounts -> {
                AccountRequest request =
                    new AccountRequest(
                        id, kind, topics, AccountsCsv.proof(auth, password), password);
                print(accounts.issue(List.of(request), Existing.REFUSE, BY).getFirst());
                return 0;
              });
    }

    /** Never an argument: these are seen by everybody on the machine. */
    private String password() throws IOException {
      Path from = passwordFile;
      byte[] text =
          from == null
              ? System.in.readAllBytes()
              : Files.readAllBytes(Folders.working().resolve(from));
      return new String(text, StandardCharsets.UTF_8).strip();
    }
  }

  /** Many devices. */
  @Command(
      name = "import",
      description =
          "Gives devices of a table (id,kind,topics,auth,password) credentials: all or none. Prints"
              + " a table with their secrets, this once.",
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {
    @ParentCommand @Nullable DevicesCommand parent;

    @Parameters(paramLabel = "FILE", description = "The table (CSV).")
    Path file = Path.of("devices.csv");

    @Option(
        names = "--existing",
        defaultValue = "skip",
        description = "Devices with credentials: skip, replace, refuse (default: skip).")
    Existing existing = Existing.SKIP;

    @Override
    public Integer call() throws IOException {
      Path from = Folders.working().resolve(file);
      if (!Files.isReadable(from)) {
        System.err.println("hologrid devices: " + file + " cannot be read");
        return 66;
      }
      List<AccountRequest> requests;
      try {
        requests = AccountsCsv.read(Files.readString(from));
      } catch (AccountRefused e) {
        System.err.println("hologrid devices: " + file + ": " + e.getMessage());
        return 65;
      }
      return parent(parent)
          .with(
              accounts -> {
                List<Issued> issued = accounts.issue(requests, existing, BY);
                System.out.print(AccountsCsv.issued(issued));
                System.err.printf(
                    "hologrid devices: %d made, %d left as they were%n",
                    issued.size(), requests.size() - issued.size());
                return 0;
              });
    }
  }

  /** All devices. */
  @Command(
      name = "list",
      aliases = "export",
      description = "Prints all devices with credentials as a table, without secrets.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @ParentCommand @Nullable DevicesCommand parent;

    @Override
    public Integer call() throws IOException {
      return parent(parent)
          .with(
              accounts -> {
                System.out.print(AccountsCsv.list(accounts.list(null, Integer.MAX_VALUE)));
                return 0;
              });
    }
  }

  /** A new secret. */
  @Command(
      name = "renew",
      aliases = "rotate",
      description = "Makes a new secret; the former one and the device's connections end at once.",
      mixinStandardHelpOptions = true)
  static final class Renew implements Callable<Integer> {
    @ParentCommand @Nullable DevicesCommand parent;

    @Parameters(paramLabel = "ID", description = "The device id.")
    String id = "";

    @Override
    public Integer call() throws IOException {
      return parent(parent)
          .with(
              accounts -> {
                Issued issued = accounts.renew(id, BY);
                if (issued == null) {
                  return unknown(id);
                }
                print(issued);
                return 0;
              });
    }
  }

  /** No more. */
  @Command(
      name = "revoke",
      description = "Keeps devices out; their connections end at once.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @ParentCommand @Nullable DevicesCommand parent;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Device ids.")
    List<String> ids = List.of();

    @Override
    public Integer call() throws IOException {
      return parent(parent)
          .with(
              accounts -> {
                int status = 0;
                for (String each : ids) {
                  if (accounts.find(each) == null) {
                    status = unknown(each);
                  } else {
                    System.out.println(
                        each + (accounts.revoke(each, BY) ? " revoked" : " was revoked before"));
                  }
                }
                return status;
              });
    }
  }

  private static int unknown(String id) {
    System.err.println("hologrid devices: " + id + " has no credentials");
    return 65;
  }

  private static DevicesCommand parent(@Nullable DevicesCommand parent) {
    return parent == null ? new DevicesCommand() : parent;
  }

  private static void print(Issued issued) {
    String secret = issued.secret();
    System.out.println(
        secret == null ? issued.account().device() + " comes in by its own proof" : secret);
  }
}
