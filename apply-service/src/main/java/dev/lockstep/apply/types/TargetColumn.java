package dev.lockstep.apply.types;

/**
 * What a source column becomes.
 *
 * @param name its name, the same as in the source
 * @param type ClickHouse's name of the type, written as {@code system.columns} writes it
 * @param encoder writes its values
 */
public record TargetColumn(String name, String type, ValueEncoder encoder) {}
