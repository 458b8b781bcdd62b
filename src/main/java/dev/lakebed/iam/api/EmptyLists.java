package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryXml;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists of what nobody can have here, so always empty. Tools that take a user away ask for them
 * first: Terraform with {@code force_destroy}, and scripts that follow AWS's instructions.
 */
final class EmptyLists {
  private EmptyLists() {}

  static void addTo(ActionTable table) {
    ofUser(table, "ListMFADevices", "MFADevices");
    ofUser(table, "ListSSHPublicKeys", "SSHPublicKeys");
    ofUser(table, "ListSigningCertificates", "Certificates");
    ofUser(
        table,
        "ListServiceSpecificCredentials",
        "ServiceSpecificCredentials",
        "ServiceName",
        "AllUsers");
    ofAccount(table, "ListVirtualMFADevices", "VirtualMFADevices", "AssignmentStatus");
    ofAccount(table, "ListServerCertificates", "ServerCertificateMetadataList", "PathPrefix");
  }

  private static void ofUser(ActionTable table, String action, String list, String... parameters) {
    table.list(
        action,
        Aim.USER,
        x -> {
          x.read(inventory -> inventory.require(x.user()));
          return nothing(x, list);
        },
        Stream.concat(Stream.of("UserName"), Stream.of(parameters)).toArray(String[]::new));
  }

  private static void ofAccount(ActionTable table, String action, String list, String parameter) {
    table.list(action, Aim.ACCOUNT, x -> nothing(x, list), parameter);
  }

  private static QueryXml.Content nothing(Exchange x, String list) {
    return Paging.of(x.query()).texts(list, List.of());
  }
}
