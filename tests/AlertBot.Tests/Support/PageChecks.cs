namespace AlertBot.Tests.Support;

/// <summary>Scripts that look over a whole page as it is drawn; each gives a list of what is wrong.</summary>
internal static class PageChecks
{
    /// <summary>What reaches beyond the right edge of the window, or a page that is taller than it.</summary>
    public const string Overflowing =
        """
        () => {
          const width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll('body *')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.right > width + 1 && getComputedStyle(element).visibility !== 'hidden' && !element.closest('.skip');
          }).map(element => element.tagName + '.' + element.className);
          const scrolling = [document.documentElement, ...document.querySelectorAll('.scroll, .choices, .dock, header')];
          const tall = [...document.body.children].filter(element => element.getBoundingClientRect().bottom > innerHeight + 1);
          return [...tall.map(element => 'too tall: ' + element.className), ...wide, ...scrolling.filter(element => element.scrollWidth > element.clientWidth + 1).map(element => 'scrolls: ' + element.className)];
        }
        """;

    /// <summary>Visible text with less contrast than WCAG asks for at level AA.</summary>
    public const string HardToRead = "() => {" + Contrast + " return poor(document.body); }";

    /// <summary>The same check with a planted fault, which it must find.</summary>
    public const string HardToReadPlanted =
        "() => {" + Contrast +
        """
          const planted = document.createElement('p');
          planted.textContent = 'planted';
          planted.style.setProperty('color', 'rgb(245, 245, 245)');
          planted.style.setProperty('background', 'rgb(255, 255, 255)');
          document.querySelector('.log').append(planted);
          const found = poor(document.querySelector('.log'));
          planted.remove();
          return found;
        }
        """;

    private const string Contrast =
        """
          const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const parse = text => {
            context.clearRect(0, 0, 1, 1);
            context.fillStyle = text;
            context.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
            return [red, green, blue, alpha / 255];
          };
          const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
          const light = color => {
            const [r, g, b] = color.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = element => {
            if (!element) {
              return [255, 255, 255, 1];
            }
            const style = getComputedStyle(element);
            const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g);
            const own = parse(stops ? stops[0] : style.backgroundColor);
            return own[3] === 1 ? own : over(own, ground(element.parentElement));
          };
          const poor = root => [...root.querySelectorAll('*')].filter(element =>
            element.checkVisibility({ visibilityProperty: true })
            && (element.matches('input') || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            && !element.closest('.unseen, .skip, noscript, script, style')).flatMap(element => {
            const style = getComputedStyle(element);
            const behind = ground(element);
            const [a, b] = [light(over(parse(style.color), behind)), light(behind)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const size = parseFloat(style.fontSize);
            const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            return ratio < needed ? [`${element.textContent.slice(0, 30)} ${ratio.toFixed(1)}`] : [];
          });
        """;
}
