<?php
// What happens on the blog besides our own requests: one JSON line in, one JSON line out, in WordPress' own process.
define('WP_USE_THEMES', false);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
if (($argv[2] ?? '') === 'install') define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

function said($done) {
    if (is_wp_error($done)) throw new Exception($done->get_error_message());
    return $done;
}

class Desk {
    function install() {
        wp_install('Lemonade blog', 'manager', 'manager@lemonade.test', true, '', 'manager-pw');
        global $wp_rewrite;
        $wp_rewrite->set_permalink_structure('/%postname%/');
        $options = ['comment_moderation' => 0, 'comment_previously_approved' => 0, 'comments_notify' => 0,
            'moderation_notify' => 0, 'thread_comments' => 1, 'comment_registration' => 0];
        foreach ($options as $name => $value) update_option($name, $value);
        $passwords = [];
        foreach (['manager' => 'administrator', 'editor' => 'editor', 'author' => 'author', 'bela' => 'subscriber'] as $name => $role) {
            $id = username_exists($name) ?: wp_create_user($name, "$name-pw", "$name@lemonade.test");
            (new WP_User($id))->set_role($role);
            wp_update_user(['ID' => $id, 'display_name' => ucfirst($name)]);
            delete_user_meta($id, '_application_passwords');
            $passwords[$name] = said(WP_Application_Passwords::create_new_application_password($id, ['name' => 'Rapport']))[0];
        }
        return $passwords;
    }

    function clear() {
        global $wpdb;
        $this->links('/%postname%/');
        foreach (['comments', 'commentmeta', 'posts', 'postmeta'] as $table) $wpdb->query("DELETE FROM {$wpdb->$table}");
        foreach (['timezone_string' => '', 'gmt_offset' => 0, 'comment_moderation' => 0] as $name => $value) update_option($name, $value);
    }

    function links($structure) { global $wp_rewrite; $wp_rewrite->set_permalink_structure($structure); }

    function option($name, $value) { update_option($name, $value); }

    function post($title, $text, $type = 'post', $status = 'publish') {
        $id = said(wp_insert_post(wp_slash(['post_title' => $title, 'post_content' => $text, 'post_status' => $status,
            'post_type' => $type, 'post_author' => 1, 'comment_status' => 'open']), true));
        return [$id, get_permalink($id)];
    }

    function say($post, $who, $text, $parent = 0) {
        $user = get_user_by('login', $who);
        wp_set_current_user($user ? $user->ID : 0);
        kses_init();
        $data = ['comment_post_ID' => $post, 'comment_parent' => $parent, 'comment_content' => $text, 'comment_type' => 'comment',
            'comment_author' => $user ? $user->display_name : ucfirst($who), 'user_id' => $user ? $user->ID : 0,
            'comment_author_email' => "$who@lemonade.test", 'comment_author_url' => ''];
        return said(wp_new_comment(wp_slash($data), true));
    }

    function change($id, $values) { return wp_update_comment(wp_slash(['comment_ID' => $id] + $values)); }

    function remove($id, $whole) { return wp_delete_comment($id, $whole); }

    function set($id, $status) { return wp_set_comment_status($id, $status); }

    function stands($id) { return wp_get_comment_status($id) ?: ''; }

    function reads($id) { return in_array(wp_get_comment_status($id), ['trash', false]) ? null : get_comment($id)->comment_content; }

    function heard($who) {
        $found = get_comments(['user_id' => get_user_by('login', $who)->ID, 'orderby' => 'comment_ID', 'order' => 'ASC', 'status' => 'any']);
        return array_map(fn($one) => [$one->comment_content, (int) $one->comment_parent], $found);
    }

    function version() { return get_bloginfo('version'); }
}

add_filter('comment_flood_filter', '__return_false');
$desk = new Desk();
while (($line = fgets(STDIN)) !== false) {
    wp_cache_flush();
    [$name, $words] = json_decode($line, true);
    try {
        $answer = ['done' => $desk->$name(...$words)];
    } catch (Throwable $why) {
        $answer = ['failed' => $why->getMessage()];
    }
    fwrite(STDOUT, json_encode($answer) . "\n");
}
