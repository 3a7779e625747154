package io.opsconductor.brain.eval;

import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tools as a large company might have them, beside those that there are: to see what a large library costs. */
public final class PlausibleTools {
    private static final List<String> SYSTEMS = List.of(
            "docker",
            "kubernetes",
            "postgresql",
            "mysql",
            "mongodb",
            "redis",
            "kafka",
            "rabbitmq",
            "elasticsearch",
            "vault",
            "consul",
            "ec2",
            "s3",
            "lambda",
            "azure",
            "gcp",
            "jenkins",
            "gitlab",
            "github",
            "grafana",
            "prometheus",
            "loki",
            "haproxy",
            "varnish",
            "apache",
            "ldap",
            "vpn",
            "firewall",
            "bind",
            "bacula",
            "veeam",
            "ceph",
            "zfs",
            "lvm",
            "raid",
            "cisco",
            "juniper",
            "vmware",
            "proxmox",
            "nomad");

    private static final List<String> OBJECTS =
            List.of("jobs", "snapshots", "sessions", "quotas", "replicas", "policies", "tokens");

    private static final List<String> LOOKING = List.of("list", "count", "compare");

    private static final List<String> CHANGING = List.of("rotate", "drain", "delete");

    private PlausibleTools() {}

    /** The catalogue with so many tools in all; the first of the made-up ones are always the same. */
    public static Catalogue beside(Catalogue catalogue, int inAll) {
        List<CatalogueEntry> tools = new ArrayList<>(catalogue.tools());
        for (int at = 0; tools.size() < inAll; at++) {
            String system = SYSTEMS.get(at % SYSTEMS.size());
            int rest = at / SYSTEMS.size();
            String object = OBJECTS.get(rest % OBJECTS.size());
            int verb = rest / OBJECTS.size();
            if (verb >= LOOKING.size() + CHANGING.size()) {
                throw new IllegalArgumentException("There are not more than " + tools.size() + " tools to make up");
            }
            tools.add(
                    verb < LOOKING.size()
                            ? tool(LOOKING.get(verb), system, object, Effect.READ)
                            : tool(CHANGING.get(verb - LOOKING.size()), system, object, Effect.CHANGE));
        }
        return new Catalogue(catalogue.version() + "+" + inAll, tools);
    }

    private static CatalogueEntry tool(String verb, String system, String object, Effect effect) {
        String what = system + " " + object;
        String sentence = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1) + " the " + object + " of "
                + system + ", all of them or those with one name.";
        CatalogueEntry.Parameter name = new CatalogueEntry.Parameter(
                "name",
                "Only those with this name",
                ParameterType.STRING,
                false,
                null,
                List.of(),
                null,
                null,
                null,
                false);
        return new CatalogueEntry(
                verb + "_" + system + "_" + object,
                sentence,
                effect,
                effect == Effect.READ,
                List.of("linux"),
                true,
                List.of(name),
                List.of(
                        verb + " " + what + " on web-server-01",
                        verb + " the " + object + " of " + system + " on db-server-01",
                        "please " + verb + " all " + what,
                        verb + " " + what + " named nightly on web-01",
                        "can you " + verb + " the " + what + " on all web servers"),
                null);
    }
}
