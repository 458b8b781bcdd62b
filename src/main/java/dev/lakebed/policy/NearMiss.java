package dev.lakebed.policy;

/**
 * The first Allow statement that matched action, resource and principal, but not its conditions.
 *
 * @param policy name of the policy
 * @param statement Sid, or {@code #index} counted from 0
 * @param condition operator and key of the condition that failed; never a value
 */
public record NearMiss(String policy, String statement, String condition) {}
