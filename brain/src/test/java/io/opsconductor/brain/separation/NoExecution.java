package io.opsconductor.brain.separation;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLClassLoader;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.ServiceLoader;
import javax.net.SocketFactory;

/** What code that thinks must not call: processes, loading by name, and connections other than HTTP to the runner. */
final class NoExecution {
    /** Allowed libraries bring classes that start processes; the JDK has ways around reflection's own classes. */
    private static final String[] LIBRARIES_THAT_EXECUTE = {
        "org.sqlite.util..",
        "org.postgresql..",
        "org.flywaydb.core.internal..",
        "org.jline.builtins..",
        "org.jline.utils..",
        "org.jline.nativ..",
        "org.jline.terminal.impl..",
        "java.beans..",
        "java.lang.foreign..",
        "java.rmi..",
        "javax.naming..",
        "javax.script..",
        "javax.tools..",
        "com.sun.tools.."
    };

    private NoExecution() {}

    /** The whole rule for the packages given, such as {@code io.opsconductor.brain..}. */
    static ArchRule in(String... packages) {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(targetOwner(assignableTo(ProcessBuilder.class)))
                .because("the part that thinks never executes");
        for (DescribedPredicate<JavaAccess<?>> forbidden : forbidden()) {
            rule = CompositeArchRule.of(rule)
                    .and(noClasses()
                            .that()
                            .resideInAnyPackage(packages)
                            .should()
                            .accessTargetWhere(forbidden)
                            .because("the part that thinks never executes, nor reaches for what could"));
        }
        return rule;
    }

    private static List<DescribedPredicate<JavaAccess<?>>> forbidden() {
        return List.of(
                call(Runtime.class, "exec|load|loadLibrary"),
                call(System.class, "load|loadLibrary"),
                call(ProcessHandle.class, ".*"),
                call(Class.class, "forName|newInstance|getMethod|getMethods|getDeclaredMethod|getDeclaredMethods"),
                call(ClassLoader.class, "loadClass|defineClass|getSystemClassLoader|getPlatformClassLoader"),
                call(URLClassLoader.class, ".*"),
                call(Method.class, "invoke"),
                call(Constructor.class, "newInstance"),
                call(Proxy.class, ".*"),
                call(ServiceLoader.class, ".*"),
                call(MethodHandles.class, "lookup|privateLookupIn|publicLookup"),
                call(MethodHandles.Lookup.class, ".*"),
                call(Socket.class, ".*"),
                call(SocketFactory.class, ".*"),
                call(ServerSocket.class, ".*"),
                call(DatagramSocket.class, ".*"),
                call(NetworkChannel.class, ".*"),
                targetOwner(resideInAnyPackage(LIBRARIES_THAT_EXECUTE))
                        .as("target is in a package that starts processes or calls what it is told by name"));
    }

    private static DescribedPredicate<JavaAccess<?>> call(Class<?> owner, String method) {
        return targetOwner(assignableTo(owner))
                .and(JavaAccess.Predicates.target(nameMatching(method)))
                .as("target is " + owner.getSimpleName() + "." + method);
    }

    /** That only these packages know the library of language models, so that it can be exchanged and is loaded late. */
    static ArchRule languageModelsOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("everything else asks a Model, whoever answers");
    }

    /** That nothing but the runner's client and the models' makes HTTP calls. */
    static ArchRule httpOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat(name("java.net.http.HttpClient"))
                .because("the brain talks to the runner, and to a model when one is set");
    }
}
