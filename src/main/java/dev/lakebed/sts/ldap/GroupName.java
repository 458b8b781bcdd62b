package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;

/** How a group may be named in role mapping: its DN, or the value of the DN's first part. */
final class GroupName {
  private GroupName() {}

  static void add(String group, List<String> names) {
    names.add(group);
    try {
      RDN first = new DN(group).getRDN();
      if (first != null) {
        names.add(first.getAttributeValues()[0]);
      }
    } catch (LDAPException plainName) {
      // Some directories name groups without DN; then the name as it is suffices.
      return;
    }
  }
}
