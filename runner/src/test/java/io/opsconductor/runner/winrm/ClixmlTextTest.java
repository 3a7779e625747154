package io.opsconductor.runner.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClixmlTextTest {
    private static final String START =
            "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";

    @Test
    void errorsAndWarningsBecomeTheirTextAndProgressIsLeftOut() {
        String clixml = "#< CLIXML\r\n" + START
                + "<Obj S=\"progress\" RefId=\"0\"><TN RefId=\"0\"><T>System.Object</T></TN><MS>"
                + "<S N=\"Activity\">Preparing</S></MS></Obj>"
                + "<S S=\"warning\">ignored case_x000D__x000A_</S><S S=\"Warning\">disk is slow</S>"
                + "<S S=\"Error\">Get-Thing : Cannot find &lt;x&gt;_x000D__x000A_</S>"
                + "<S S=\"Error\">At line:1 char:1 _x005F_x_x000D__x000A_</S></Objs>";

        assertThat(ClixmlText.of(clixml)).isEqualTo("""
                        ignored case\r

                        WARNING: disk is slow
                        Get-Thing : Cannot find <x>\r
                        At line:1 char:1 _x\r
                        """);
    }

    @Test
    void severalBlocksAndTheTextAroundThemStayInOrder() {
        assertThat(ClixmlText.of("before\n#< CLIXML\n" + START + "<S S=\"Error\">a</S></Objs>" + START
                        + "<S S=\"Error\">b</S></Objs>after#< CLIXML\r\n" + START + "<S S=\"Error\">c</S></Objs>"))
                .isEqualTo("before\nabafterc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "#< CLIXML",
                "#< CLIXML\r\n<Objs><S S=\"Error\">never closed",
                "#< CLIXML\r\n<!DOCTYPE x>no objects"
            })
    void whatIsNoClixmlStaysAsItIs(String text) {
        assertThat(ClixmlText.of(text)).isEqualTo(text);
    }

    @Test
    void blocksThatAreNoXmlStayAsTheyAre() {
        assertThat(ClixmlText.of("#< CLIXML\n<Objs><S></Objs>rest")).isEqualTo("<Objs><S></Objs>rest");
    }
}
