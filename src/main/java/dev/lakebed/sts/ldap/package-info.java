/** Names and passwords, proven by an LDAP directory. */
@NullMarked
package dev.lakebed.sts.ldap;

import org.jspecify.annotations.NullMarked;
