/** AWS Security Token Service: temporary credentials for roles and users. */
@NullMarked
package dev.lakebed.sts;

import org.jspecify.annotations.NullMarked;
