package dev.lockstep.system.types;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link TypesStack} of this package, started at first need. */
final class OnTypesStack implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(OnTypesStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TypesStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(TypesStack.class, key -> started(), TypesStack.class);
  }

  private static TypesStack started() {
    try {
      return new TypesStack();
    } catch (Exception e) {
      throw new IllegalStateException("The stack for the types' tests did not start: " + e, e);
    }
  }
}
