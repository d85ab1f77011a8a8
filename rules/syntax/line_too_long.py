r"""A line longer than httpd takes

## What it does
Reports lines of more than 16 MiB, or of more than 8,192 characters in a `.htaccess` file. Lines that
a backslash continues count together.

## Why
httpd stops with "Line too long"; for a `.htaccess` file that means that every request below its folder is
answered with status 500. Servers before 2.4 cut such a line in two and read its end as the next line.

## Bad
### A list in a .htaccess file
```
#--- role: htaccess
#--- live: no
#--- mark: 1:1:13 Line too long: httpd takes 8,192 characters here, continuations included
IndexIgnore \
    name000 name001 name002 name003 name004 name005 name006 name007 name008 name009 name010 \
    name011 name012 name013 name014 name015 name016 name017 name018 name019 name020 name021 \
    name022 name023 name024 name025 name026 name027 name028 name029 name030 name031 name032 \
    name033 name034 name035 name036 name037 name038 name039 name040 name041 name042 name043 \
    name044 name045 name046 name047 name048 name049 name050 name051 name052 name053 name054 \
    name055 name056 name057 name058 name059 name060 name061 name062 name063 name064 name065 \
    name066 name067 name068 name069 name070 name071 name072 name073 name074 name075 name076 \
    name077 name078 name079 name080 name081 name082 name083 name084 name085 name086 name087 \
    name088 name089 name090 name091 name092 name093 name094 name095 name096 name097 name098 \
    name099 name100 name101 name102 name103 name104 name105 name106 name107 name108 name109 \
    name110 name111 name112 name113 name114 name115 name116 name117 name118 name119 name120 \
    name121 name122 name123 name124 name125 name126 name127 name128 name129 name130 name131 \
    name132 name133 name134 name135 name136 name137 name138 name139 name140 name141 name142 \
    name143 name144 name145 name146 name147 name148 name149 name150 name151 name152 name153 \
    name154 name155 name156 name157 name158 name159 name160 name161 name162 name163 name164 \
    name165 name166 name167 name168 name169 name170 name171 name172 name173 name174 name175 \
    name176 name177 name178 name179 name180 name181 name182 name183 name184 name185 name186 \
    name187 name188 name189 name190 name191 name192 name193 name194 name195 name196 name197 \
    name198 name199 name200 name201 name202 name203 name204 name205 name206 name207 name208 \
    name209 name210 name211 name212 name213 name214 name215 name216 name217 name218 name219 \
    name220 name221 name222 name223 name224 name225 name226 name227 name228 name229 name230 \
    name231 name232 name233 name234 name235 name236 name237 name238 name239 name240 name241 \
    name242 name243 name244 name245 name246 name247 name248 name249 name250 name251 name252 \
    name253 name254 name255 name256 name257 name258 name259 name260 name261 name262 name263 \
    name264 name265 name266 name267 name268 name269 name270 name271 name272 name273 name274 \
    name275 name276 name277 name278 name279 name280 name281 name282 name283 name284 name285 \
    name286 name287 name288 name289 name290 name291 name292 name293 name294 name295 name296 \
    name297 name298 name299 name300 name301 name302 name303 name304 name305 name306 name307 \
    name308 name309 name310 name311 name312 name313 name314 name315 name316 name317 name318 \
    name319 name320 name321 name322 name323 name324 name325 name326 name327 name328 name329 \
    name330 name331 name332 name333 name334 name335 name336 name337 name338 name339 name340 \
    name341 name342 name343 name344 name345 name346 name347 name348 name349 name350 name351 \
    name352 name353 name354 name355 name356 name357 name358 name359 name360 name361 name362 \
    name363 name364 name365 name366 name367 name368 name369 name370 name371 name372 name373 \
    name374 name375 name376 name377 name378 name379 name380 name381 name382 name383 name384 \
    name385 name386 name387 name388 name389 name390 name391 name392 name393 name394 name395 \
    name396 name397 name398 name399 name400 name401 name402 name403 name404 name405 name406 \
    name407 name408 name409 name410 name411 name412 name413 name414 name415 name416 name417 \
    name418 name419 name420 name421 name422 name423 name424 name425 name426 name427 name428 \
    name429 name430 name431 name432 name433 name434 name435 name436 name437 name438 name439 \
    name440 name441 name442 name443 name444 name445 name446 name447 name448 name449 name450 \
    name451 name452 name453 name454 name455 name456 name457 name458 name459 name460 name461 \
    name462 name463 name464 name465 name466 name467 name468 name469 name470 name471 name472 \
    name473 name474 name475 name476 name477 name478 name479 name480 name481 name482 name483 \
    name484 name485 name486 name487 name488 name489 name490 name491 name492 name493 name494 \
    name495 name496 name497 name498 name499 name500 name501 name502 name503 name504 name505 \
    name506 name507 name508 name509 name510 name511 name512 name513 name514 name515 name516 \
    name517 name518 name519 name520 name521 name522 name523 name524 name525 name526 name527 \
    name528 name529 name530 name531 name532 name533 name534 name535 name536 name537 name538 \
    name539 name540 name541 name542 name543 name544 name545 name546 name547 name548 name549 \
    name550 name551 name552 name553 name554 name555 name556 name557 name558 name559 name560 \
    name561 name562 name563 name564 name565 name566 name567 name568 name569 name570 name571 \
    name572 name573 name574 name575 name576 name577 name578 name579 name580 name581 name582 \
    name583 name584 name585 name586 name587 name588 name589 name590 name591 name592 name593 \
    name594 name595 name596 name597 name598 name599 name600 name601 name602 name603 name604 \
    name605 name606 name607 name608 name609 name610 name611 name612 name613 name614 name615 \
    name616 name617 name618 name619 name620 name621 name622 name623 name624 name625 name626 \
    name627 name628 name629 name630 name631 name632 name633 name634 name635 name636 name637 \
    name638 name639 name640 name641 name642 name643 name644 name645 name646 name647 name648 \
    name649 name650 name651 name652 name653 name654 name655 name656 name657 name658 name659 \
    name660 name661 name662 name663 name664 name665 name666 name667 name668 name669 name670 \
    name671 name672 name673 name674 name675 name676 name677 name678 name679 name680 name681 \
    name682 name683 name684 name685 name686 name687 name688 name689 name690 name691 name692 \
    name693 name694 name695 name696 name697 name698 name699 name700 name701 name702 name703 \
    name704 name705 name706 name707 name708 name709 name710 name711 name712 name713 name714 \
    name715 name716 name717 name718 name719 name720 name721 name722 name723 name724 name725 \
    name726 name727 name728 name729 name730 name731 name732 name733 name734 name735 name736 \
    name737 name738 name739 name740 name741 name742 name743 name744 name745 name746 name747 \
    name748 name749 name750 name751 name752 name753 name754 name755 name756 name757 name758 \
    name759 name760 name761 name762 name763 name764 name765 name766 name767 name768 name769 \
    name770 name771 name772 name773 name774 name775 name776 name777 name778 name779 name780 \
    name781 name782 name783 name784 name785 name786 name787 name788 name789 name790 name791 \
    name792 name793 name794 name795 name796 name797 name798 name799 name800 name801 name802 \
    name803 name804 name805 name806 name807 name808 name809 name810 name811 name812 name813 \
    name814 name815 name816 name817 name818 name819 name820 name821 name822 name823 name824 \
    name825 name826 name827 name828 name829 name830 name831 name832 name833 name834 name835 \
    name836 name837 name838 name839 name840 name841 name842 name843 name844 name845 name846 \
    name847 name848 name849 name850 name851 name852 name853 name854 name855 name856 name857 \
    name858 name859 name860 name861 name862 name863 name864 name865 name866 name867 name868 \
    name869 name870 name871 name872 name873 name874 name875 name876 name877 name878 name879 \
    name880 name881 name882 name883 name884 name885 name886 name887 name888 name889 name890 \
    name891 name892 name893 name894 name895 name896 name897 name898 name899 name900 name901 \
    name902 name903 name904 name905 name906 name907 name908 name909 name910 name911 name912 \
    name913 name914 name915 name916 name917 name918 name919 name920 name921 name922 name923 \
    name924 name925 name926 name927 name928 name929 name930 name931 name932 name933 name934 \
    name935 name936 name937 name938 name939 name940 name941 name942 name943 name944 name945 \
    name946 name947 name948 name949 name950 name951 name952 name953 name954 name955 name956 \
    name957 name958 name959 name960 name961 name962 name963 name964 name965 name966 name967 \
    name968 name969 name970 name971 name972 name973 name974 name975 name976 name977 name978
```

## Good
### The same list in two
```
#--- role: htaccess
IndexIgnore name001 name002 \
    name003
IndexIgnore name004
```

## Limits
What variables and macro parameters add is not counted, as httpd does not count it.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c,
`ap_parse_htaccess` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0025",
    name="line-too-long",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/configuring.html",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
