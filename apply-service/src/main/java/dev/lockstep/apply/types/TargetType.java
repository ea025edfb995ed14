package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * A type of the target, before it is known whether it may hold NULL.
 *
 * @param name ClickHouse's name, as {@code system.columns} writes it
 * @param form how NULL and LowCardinality are put around it
 * @param codec the codec that suits it, or null for ClickHouse's default
 * @param keyCodec the same where it is part of the key
 * @param shape what its values look like where the name does not say it, or null
 * @param mayBeNull whether it may hold NULL even where the source does not
 * @param policy what becomes of values that only a policy can place
 * @param encoder writes a value that is not NULL; one of form WHOLE writes NULL too
 */
record TargetType(
    String name,
    Form form,
    @Nullable String codec,
    @Nullable String keyCodec,
    @Nullable String shape,
    boolean mayBeNull,
    TimePolicy policy,
    ValueEncoder encoder) {

  /** How NULL and LowCardinality are put around a type. */
  enum Form {
    PLAIN,
    LOW_CARDINALITY,
    /** The name and the encoder say all: the type has no Nullable. */
    WHOLE
  }

  TargetType(String name, ValueEncoder encoder) {
    this(name, Form.PLAIN, null, null, null, false, TimePolicy.NONE, encoder);
  }

  TargetType as(Form newForm) {
    return new TargetType(name, newForm, codec, keyCodec, shape, mayBeNull, policy, encoder);
  }

  TargetType withCodec(@Nullable String newCodec) {
    return new TargetType(name, form, newCodec, keyCodec, shape, mayBeNull, policy, encoder);
  }

  TargetType withKeyCodec(@Nullable String newCodec) {
    return new TargetType(name, form, codec, newCodec, shape, mayBeNull, policy, encoder);
  }

  TargetType withPolicy(TimePolicy newPolicy) {
    return new TargetType(name, form, codec, keyCodec, shape, mayBeNull, newPolicy, encoder);
  }

  TargetType withShape(String newShape) {
    return new TargetType(name, form, codec, keyCodec, newShape, mayBeNull, policy, encoder);
  }

  TargetType asNullable() {
    return new TargetType(name, form, codec, keyCodec, shape, true, policy, encoder);
  }

  TargetColumn column(Column column, boolean key, TypeOptions options, ColumnChange change) {
    String suited = key && keyCodec != null ? keyCodec : codec;
    return new TargetColumn(
        column.name(),
        column.name(),
        wholeName(column.nullable() || mayBeNull || policy.makesNull()),
        options.codec() == null ? suited : options.codec(),
        column.comment(),
        shape,
        wholeEncoder(column.nullable()),
        policy.alters(),
        change.mask() != null,
        key);
  }

  private String wholeName(boolean nullable) {
    return switch (form) {
      case PLAIN -> nullable ? "Nullable(" + name + ")" : name;
      case LOW_CARDINALITY ->
          nullable ? "LowCardinality(Nullable(" + name + "))" : "LowCardinality(" + name + ")";
      case WHOLE -> name;
    };
  }

  private ValueEncoder wholeEncoder(boolean sourceNullable) {
    return form == Form.WHOLE
        ? encoder
        : new Nulls(
            encoder,
            sourceNullable || mayBeNull || policy.makesNull(),
            sourceNullable,
            policy.makesNull());
  }
}
