;;; sslint.el --- Lint Apache httpd configuration with eglot  -*- lexical-binding: t; -*-

;; Put this file on your `load-path' and write (require 'sslint) into your init file.
;; It needs apache-mode (from MELPA, or Debian's elpa-apache-mode), and Emacs 29 or eglot.

;;; Code:

(defcustom sslint-command '("sslint" "server")
  "The language server and its arguments."
  :type '(repeat string)
  :group 'tools)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'apache-mode (lambda (&rest _) sslint-command))))

(add-to-list 'auto-mode-alist '("\\.\\(?:vhost\\|apacheconf\\)\\'" . apache-mode))
(add-to-list 'auto-mode-alist
             '("/\\(?:sites\\|conf\\|mods\\)-\\(?:available\\|enabled\\)/" . apache-mode))
(add-to-list 'auto-mode-alist '("/vhosts\\.d/[^/]+\\.conf\\'" . apache-mode))

(add-hook 'apache-mode-hook #'eglot-ensure)

(provide 'sslint)
;;; sslint.el ends here
