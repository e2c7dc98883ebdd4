package io.ridethrough.lab;

import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * The few JDK methods that every transport passes, with the guard's question written into their beginning. The inlined
 * code names JDK types only, and asks nothing while no hook is set.
 */
final class GuardedJdk {
    /** The system property that holds the hook: a {@code BiFunction<String, Object[], Object>}. */
    static final String HOOK = "ridethrough.guard";

    static final String CONNECT = "connect";
    static final String SEND = "send";
    static final String LOOK_UP = "look-up";
    static final String REVERSE = "reverse look-up";

    private static final String NET = "sun.nio.ch.Net";
    private static final String DATAGRAMS = "sun.nio.ch.DatagramChannelImpl";
    private static final String NAMES = "java.net.InetAddress";
    /** The plain socket implementation that a system property of release 17 can still ask for. */
    private static final String OLD_SOCKETS = "java.net.AbstractPlainSocketImpl";

    private GuardedJdk() {}

    /**
     * Rewrites the methods; a class that is loaded later is rewritten then.
     *
     * @throws IllegalStateException when any of them could not be rewritten
     */
    static void install(Instrumentation instrumentation) {
        Account account = new Account();
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .ignore(none())
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.InitializationStrategy.NoOp.INSTANCE)
                .with(AgentBuilder.TypeStrategy.Default.REDEFINE)
                .with(account)
                .type(named(NET))
                .transform((made, type, loader, module, domain) -> made.visit(at(Connect.class, named("connect"))))
                .type(named(OLD_SOCKETS))
                .transform((made, type, loader, module, domain) -> made.visit(at(Connect.class, named("doConnect"))))
                .type(named(DATAGRAMS))
                .transform((made, type, loader, module, domain) -> made.visit(at(Send.class, named("send"))))
                .type(named(NAMES))
                .transform((made, type, loader, module, domain) -> names(made))
                .installOn(instrumentation);
        account.requireWhole();
    }

    private static DynamicType.Builder<?> names(DynamicType.Builder<?> made) {
        return made.visit(at(
                        LookUp.class,
                        namedOneOf("getAllByName0", "getAddressesFromNameService")
                                .and(takesArgument(0, String.class))))
                .visit(at(Reverse.class, named("getHostFromNameService").and(takesArgument(0, InetAddress.class))));
    }

    private static AsmVisitorWrapper at(Class<?> advice, ElementMatcher.Junction<? super MethodDescription> methods) {
        return Advice.to(advice).on(not(isNative()).and(methods));
    }

    /** Keeps what was rewritten and what failed. */
    private static final class Account extends AgentBuilder.Listener.Adapter {
        private final Set<String> done = ConcurrentHashMap.newKeySet();
        private final List<String> failed = new CopyOnWriteArrayList<>();

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType made) {
            done.add(type.getName());
        }

        @Override
        public void onError(
                String name, @Nullable ClassLoader loader, @Nullable JavaModule module, boolean loaded, Throwable why) {
            failed.add(name + ": " + why);
        }

        void requireWhole() {
            if (!failed.isEmpty() || !done.containsAll(List.of(NET, DATAGRAMS, NAMES))) {
                throw new IllegalStateException(
                        "the lab guard could not be built into this JVM: rewritten " + done + ", failed " + failed);
            }
        }
    }

    static final class Connect {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(@Advice.AllArguments Object[] arguments) {
            Object hook = System.getProperties().get(HOOK);
            if (hook instanceof BiFunction) {
                Object unused = ((BiFunction<Object, Object, Object>) hook).apply(CONNECT, arguments);
            }
        }
    }

    static final class Send {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(@Advice.AllArguments Object[] arguments) {
            Object hook = System.getProperties().get(HOOK);
            if (hook instanceof BiFunction) {
                Object unused = ((BiFunction<Object, Object, Object>) hook).apply(SEND, arguments);
            }
        }
    }

    static final class LookUp {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(@Advice.AllArguments Object[] arguments) {
            Object hook = System.getProperties().get(HOOK);
            if (hook instanceof BiFunction) {
                Object unused = ((BiFunction<Object, Object, Object>) hook).apply(LOOK_UP, arguments);
            }
        }
    }

    static final class Reverse {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        @SuppressWarnings("unchecked")
        static @Nullable Object enter(@Advice.AllArguments Object[] arguments) {
            Object hook = System.getProperties().get(HOOK);
            return hook instanceof BiFunction
                    ? ((BiFunction<Object, Object, Object>) hook).apply(REVERSE, arguments)
                    : null;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter @Nullable Object name, @Advice.Return(readOnly = false) String returned) {
            if (name != null) {
                returned = (String) name;
            }
        }
    }
}
